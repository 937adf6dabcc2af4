package org.continuo.checkpoints;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Weights in forms that are not read here, and how they come into the one that is. */
enum ForeignWeights {
  SHARDS(
      "shards without their index",
      "model-\\d+-of-\\d+\\.safetensors",
      "fetch model.safetensors.index.json too"),
  ORIGINAL(
      "weights in the layout of their authors",
      "consolidated.*\\.(safetensors|pth)",
      "use the Hugging Face form of the model"),
  PICKLED(
      "pickled weights",
      "(?!training_args|optimizer|scheduler|rng_state).*\\.(bin|bin\\.index\\.json|pt|pth)",
      "save it with safe_serialization=True"),
  GGUF(
      "GGUF weights", ".*\\.gguf", "make a folder of them: continuo import FILE.gguf --out FOLDER"),
  ONNX("an ONNX graph", ".*\\.onnx", "use the checkpoint it was exported from"),
  TENSORFLOW(
      "TensorFlow weights",
      "tf_model.*\\.h5|.*\\.ckpt(\\.index)?",
      "load it with transformers, from_tf=True, then save_pretrained"),
  FLAX(
      "Flax weights",
      "flax_model.*\\.msgpack",
      "load it with transformers, from_flax=True, then save_pretrained"),
  NAMED_OTHERWISE(
      "safetensors under another name",
      ".*\\.safetensors",
      "if it is the whole model, rename it to model.safetensors");

  private final String what;
  private final Pattern names;
  private final String remedy;

  ForeignWeights(String what, String names, String remedy) {
    this.what = what;
    this.names = Pattern.compile(names);
    this.remedy = remedy;
  }

  /** A file of a form, by its path in the folder. */
  record Found(ForeignWeights form, String file) {
    String what() {
      return "%s (%s)".formatted(form.what, file);
    }

    String remedy() {
      return form.remedy;
    }
  }

  static Optional<ForeignWeights> of(Path file) {
    String name = String.valueOf(file.getFileName());
    return Arrays.stream(values()).filter(form -> form.names.matcher(name).matches()).findFirst();
  }

  /** The most telling one of a folder and its folder {@code onnx}; an index before its parts. */
  static Optional<Found> in(Path folder) {
    return Stream.concat(
            names(folder).stream(), names(folder.resolve("onnx")).stream().map(n -> "onnx/" + n))
        .flatMap(name -> of(Path.of(name)).map(form -> new Found(form, name)).stream())
        .min(
            Comparator.comparing(Found::form)
                .thenComparing(found -> !found.file.endsWith(".index.json"))
                .thenComparing(Found::file));
  }

  /** Of what is in a folder, sorted; none if it cannot be read. */
  static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}

package org.continuo.checkpoints;

import static org.continuo.checkpoints.CheckpointFolder.EXPECTED;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;

/** What a folder nearly is that is no checkpoint: people give what they have at hand. */
final class Lookalike {
  /** How the folder of a model begins in the hub's cache. */
  private static final String MODEL = "models--";

  private final Path folder;
  private final List<String> names;

  private Lookalike(Path folder) {
    this.folder = folder;
    this.names = ForeignWeights.names(folder);
  }

  /** What was found in the place of a checkpoint, and how to come to one. */
  private record Finding(String found, String remedy) {}

  /**
   * @throws DataException if it is something else, with what that is
   */
  static void check(String source, Path path) {
    Optional<Finding> finding =
        Files.isDirectory(path) ? new Lookalike(path).finding() : Optional.of(notAFolder(path));
    finding.ifPresent(
        other -> {
          throw new DataException(
              "checkpoint '%s': found %s, expected %s; %s"
                  .formatted(source, other.found, EXPECTED, other.remedy));
        });
  }

  private static Finding notAFolder(Path path) {
    if (!Files.exists(path)) {
      return new Finding("nothing there", "correct the path");
    }
    if (startsWith(path, "GGUF")) {
      return weights(
          new ForeignWeights.Found(ForeignWeights.GGUF, String.valueOf(path.getFileName())));
    }
    return ForeignWeights.of(path)
        .filter(form -> form != ForeignWeights.NAMED_OTHERWISE && form != ForeignWeights.SHARDS)
        .map(form -> weights(new ForeignWeights.Found(form, String.valueOf(path.getFileName()))))
        .orElseGet(() -> new Finding("a file", "give the folder it is in"));
  }

  private static boolean startsWith(Path file, String magic) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(magic.length()), StandardCharsets.ISO_8859_1).equals(magic);
    } catch (IOException e) {
      return false;
    }
  }

  private static Finding weights(ForeignWeights.Found found) {
    return new Finding(found.what(), found.remedy());
  }

  private Optional<Finding> finding() {
    if (!has("model.safetensors")
        && !has("model.safetensors.index.json")
        && has("adapter_config.json")) {
      return Optional.of(adapter());
    }
    if (has("config.json")) {
      return Optional.empty();
    }
    return Stream.<Supplier<Optional<Finding>>>of(
            this::ours, this::hub, this::modules, this::below, this::foreign, this::anything)
        .flatMap(kind -> kind.get().stream())
        .findFirst();
  }

  private boolean has(String name) {
    return names.contains(name);
  }

  private Finding adapter() {
    String base =
        JsonReader.open(folder.resolve("adapter_config.json"), new Problems())
            .map(json -> json.text("base_model_name_or_path", ""))
            .filter(name -> !name.isEmpty())
            .map(name -> "'" + name + "'")
            .orElse("a base model it does not name");
    return new Finding(
        "a PEFT adapter for " + base,
        "merge the two first: PeftModel.from_pretrained(...).merge_and_unload(), then save_pretrained");
  }

  /** What this project writes. */
  private Optional<Finding> ours() {
    if (has("suite.json")) {
      return Optional.of(new Finding("a suite of Continuo", "give the checkpoint its runs name"));
    }
    if (has("run.json") && has("parameters.safetensors")) {
      return Optional.of(
          new Finding(
              "a checkpoint of a run of Continuo, which holds what was trained and not the backbone",
              "continue the run with 'continuo resume'"));
    }
    if (!has("experiment.conf")) {
      return Optional.empty();
    }
    Path written = folder.resolve("checkpoint");
    return Optional.of(
        new Finding(
            "a run of Continuo",
            Files.exists(written.resolve("config.json"))
                ? "give " + written
                : "give the checkpoint that backbone names in its experiment.conf"));
  }

  /** A model in the hub's cache, or the cache itself. */
  private Optional<Finding> hub() {
    List<Path> models =
        has("snapshots")
            ? List.of(folder)
            : names.stream().filter(name -> name.startsWith(MODEL)).map(folder::resolve).toList();
    if (models.isEmpty()) {
      return Optional.empty();
    }
    List<String> snapshots = models.stream().flatMap(model -> snapshots(model).stream()).toList();
    String named =
        models.stream()
            .flatMap(model -> nameOnHub(model).stream())
            .collect(Collectors.joining(" or "));
    return Optional.of(
        new Finding(
            has("snapshots") ? "a model in the cache of the Hugging Face hub" : "such a cache",
            snapshots.isEmpty()
                ? "it has no snapshot: "
                    + (named.isEmpty() ? "download the model again" : "give " + named)
                : "give "
                    + (named.isEmpty() ? "" : named + ", or ")
                    + "a snapshot in it: "
                    + String.join(" or ", snapshots)));
  }

  /** What a checkpoint is called that the hub of id {@code hf} brings, by its folder. */
  private static Optional<String> nameOnHub(Path model) {
    String folder = String.valueOf(model.getFileName());
    return folder.startsWith(MODEL)
        ? Optional.of("hf://" + folder.substring(MODEL.length()).replace("--", "/"))
        : Optional.empty();
  }

  /** That of the branch {@code main}, or else all there are. */
  private static List<String> snapshots(Path model) {
    Path all = model.resolve("snapshots");
    try {
      Path main = all.resolve(Files.readString(model.resolve("refs").resolve("main")).strip());
      if (Files.isDirectory(main)) {
        return List.of(main.toString());
      }
    } catch (IOException noBranch) {
      // a download of one revision leaves no branch
    }
    return ForeignWeights.names(all).stream().map(name -> all.resolve(name).toString()).toList();
  }

  private Optional<Finding> modules() {
    if (has("model_index.json")) {
      return Optional.of(
          new Finding("a pipeline of diffusers", "give the folder of a language model"));
    }
    return has("modules.json")
        ? Optional.of(
            new Finding(
                "a sentence-transformers folder of %s, without a transformer"
                    .formatted(SentenceModules.read(folder).folders().keySet()),
                "use one whose modules.json names a Transformer"))
        : Optional.empty();
  }

  /** The folder around a checkpoint, or around those that were written while it was trained. */
  private Optional<Finding> below() {
    List<Path> checkpoints =
        names.stream()
            .map(folder::resolve)
            .filter(child -> Files.exists(child.resolve("config.json")))
            .filter(child -> !child.endsWith("onnx") && !child.endsWith("1_Pooling"))
            .toList();
    return checkpoints.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                checkpoints.size() == 1 ? "a folder around one" : "a folder around several",
                "give "
                    + checkpoints.stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(" or "))));
  }

  private Optional<Finding> foreign() {
    return ForeignWeights.in(folder)
        .filter(found -> found.form() != ForeignWeights.NAMED_OTHERWISE)
        .map(Lookalike::weights);
  }

  /** With one of the three files, those that read them say what else is missing. */
  private Optional<Finding> anything() {
    if (names.stream().anyMatch(n -> n.endsWith(".safetensors") || n.startsWith("tokenizer"))) {
      return Optional.empty();
    }
    int shown = Math.min(names.size(), 3);
    return Optional.of(
        names.isEmpty()
            ? new Finding("an empty folder", "correct the path, or copy a checkpoint there")
            : new Finding(
                "a folder with %s%s"
                    .formatted(
                        String.join(", ", names.subList(0, shown)),
                        names.size() > shown ? " and others" : ""),
                "correct the path"));
  }

  /** The vocabulary of a tokenizer that is not in {@code tokenizer.json}. */
  static Optional<String> slowTokenizer(Path folder) {
    return Stream.of(
            "vocab.txt", "vocab.json", "tokenizer.model", "spiece.model", "sentencepiece.bpe.model")
        .filter(name -> Files.exists(folder.resolve(name)))
        .findFirst();
  }
}

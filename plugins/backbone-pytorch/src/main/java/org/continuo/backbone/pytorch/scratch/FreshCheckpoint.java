package org.continuo.backbone.pytorch.scratch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;
import org.continuo.backbone.pytorch.safetensors.SafetensorsWriter;

/**
 * A complete Hugging Face folder with weights that have learned nothing. The same options give the
 * same bytes, so writing it again changes nothing and a resumed run finds what it started from; a
 * folder with other content is left alone and refused.
 */
final class FreshCheckpoint {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FreshCheckpoint() {}

  /**
   * @throws DataException if the folder holds another checkpoint, or the tokenizer cannot be made
   */
  static void write(PytorchScratchPlugin.Options options) {
    Path folder = options.folder().toAbsolutePath();
    ScratchTokenizer tokenizer = ScratchTokenizer.of(options);
    Path part = folder.resolveSibling(folder.getFileName() + ".part");
    try {
      Files.createDirectories(part);
      try {
        writeInto(part, options, tokenizer);
        compare(part, folder);
        Files.createDirectories(folder);
        for (Path file : files(part)) {
          Path target = folder.resolve(file.getFileName());
          if (!Files.exists(target)) {
            Files.move(file, target);
          }
        }
      } finally {
        delete(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": the fresh checkpoint cannot be written", e);
    }
  }

  private static void writeInto(
      Path part, PytorchScratchPlugin.Options options, ScratchTokenizer tokenizer)
      throws IOException {
    json(part.resolve("config.json"), config(options, tokenizer));
    json(part.resolve("tokenizer.json"), tokenizer.json());
    json(part.resolve("tokenizer_config.json"), tokenizer.settings(options.maximumLength()));
    SafetensorsWriter.write(
        part.resolve("model.safetensors"),
        InitialWeights.of(options, tokenizer.vocabulary()).tensors());
  }

  private static void json(Path file, ObjectNode content) throws IOException {
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), content);
  }

  private static ObjectNode config(
      PytorchScratchPlugin.Options options, ScratchTokenizer tokenizer) {
    ObjectNode config = JSON.createObjectNode();
    config.putArray("architectures").add("LlamaForCausalLM");
    return config
        .put("model_type", "llama")
        .put("attention_bias", false)
        .put("mlp_bias", false)
        .put("hidden_act", "silu")
        .put("hidden_size", options.width())
        .put("intermediate_size", options.feedForward())
        .put("num_hidden_layers", options.layers())
        .put("num_attention_heads", options.heads())
        .put("num_key_value_heads", options.keyValueHeads())
        .put("head_dim", options.width() / options.heads())
        .put("max_position_embeddings", options.maximumLength())
        .put("rms_norm_eps", 1e-5)
        .put("rope_theta", 10000.0)
        .put("initializer_range", InitialWeights.DEVIATION)
        .put("tie_word_embeddings", options.tied())
        .put("vocab_size", tokenizer.vocabulary())
        .put("pad_token_id", tokenizer.padding())
        .put("bos_token_id", tokenizer.beginning())
        .put("eos_token_id", tokenizer.end())
        .put("torch_dtype", "float32");
  }

  /** All files that are there already must be the ones that would be written. */
  private static void compare(Path part, Path folder) throws IOException {
    List<String> problems = new ArrayList<>();
    for (Path file : files(part)) {
      Path target = folder.resolve(file.getFileName());
      if (Files.exists(target) && Files.mismatch(file, target) >= 0) {
        problems.add(
            target
                + ": found another file than these options give, expected the same or none;"
                + " choose another folder, or delete this one to start afresh");
      }
    }
    if (!problems.isEmpty()) {
      throw new DataException(problems);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static void delete(Path part) throws IOException {
    for (Path file : files(part)) {
      Files.delete(file);
    }
    Files.delete(part);
  }
}

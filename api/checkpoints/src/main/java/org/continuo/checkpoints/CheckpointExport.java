package org.continuo.checkpoints;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.continuo.api.plugin.Stability;
import org.continuo.checkpoints.safetensors.SafetensorsWriter;
import org.continuo.checkpoints.safetensors.TensorType;

/** Writes a folder the Hugging Face libraries load. */
@Stability(Stability.Level.EVOLVING)
public final class CheckpointExport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> COPIED =
      List.of(
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "chat_template.jinja",
          "generation_config.json",
          "vocab.txt",
          "vocab.json",
          "merges.txt",
          "tokenizer.model",
          "modules.json",
          "sentence_bert_config.json",
          "config_sentence_transformers.json",
          "1_Pooling/config.json");

  /** The type of the weights in the file. */
  public enum Type {
    F32(TensorType.F32, "float32"),
    F16(TensorType.F16, "float16"),
    BF16(TensorType.BF16, "bfloat16");

    private final TensorType stored;
    private final String torchName;

    Type(TensorType stored, String torchName) {
      this.stored = stored;
      this.torchName = torchName;
    }

    public TensorType stored() {
      return stored;
    }

    /** What {@code config.json} calls it. */
    public String torchName() {
      return torchName;
    }
  }

  private CheckpointExport() {}

  /**
   * Writes configuration, tokenizer and one weight file; what the folder held under these names is
   * replaced.
   *
   * @param weights of the whole model
   * @param type theirs, which {@code config.json} names
   * @throws UncheckedIOException if it cannot be written
   * @throws IllegalArgumentException if the folder is the one the weights are read from
   */
  public static void write(
      CheckpointFolder from, List<SafetensorsWriter.Tensor> weights, Path folder, Type type) {
    try {
      Files.createDirectories(folder);
      if (Files.isSameFile(from.path(), folder)) {
        throw new IllegalArgumentException(
            folder + ": the model is read from this folder; export to another one");
      }
      ObjectNode config = (ObjectNode) JSON.readTree(from.config().toFile());
      if (config.has("torch_dtype")) {
        config.put("torch_dtype", type.torchName);
      }
      if (config.has("dtype") || !config.has("torch_dtype")) {
        config.put("dtype", type.torchName);
      }
      JSON.writerWithDefaultPrettyPrinter()
          .writeValue(folder.resolve(from.config().getFileName()).toFile(), config);
      for (String name : COPIED) {
        Path file = from.path().resolve(name);
        if (Files.exists(file)) {
          Path copy = folder.resolve(name);
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
      SafetensorsWriter.write(folder.resolve(from.weights().getFileName()), weights);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot be written", e);
    }
  }
}

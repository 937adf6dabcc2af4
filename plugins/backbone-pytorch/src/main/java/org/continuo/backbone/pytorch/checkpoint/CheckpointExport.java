package org.continuo.backbone.pytorch.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.continuo.backbone.pytorch.safetensors.SafetensorsWriter;
import org.continuo.backbone.pytorch.safetensors.TensorType;

/** Writes a folder the Hugging Face libraries load. */
public final class CheckpointExport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> COPIED =
      List.of(
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "generation_config.json",
          "vocab.txt",
          "vocab.json",
          "merges.txt",
          "tokenizer.model",
          "modules.json",
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
  }

  private CheckpointExport() {}

  /**
   * Writes configuration, tokenizer and one weight file; what the folder held under these names is
   * replaced.
   *
   * @throws UncheckedIOException if it cannot be written
   * @throws IllegalArgumentException if the folder is the one the weights are read from
   */
  public static void write(
      CheckpointFolder from, CheckpointWeights weights, Type type, Path folder) {
    try {
      Files.createDirectories(folder);
      if (Files.isSameFile(from.path(), folder)) {
        throw new IllegalArgumentException(
            folder + ": the model is read from this folder; export to another one");
      }
      ObjectNode config = (ObjectNode) JSON.readTree(from.config().toFile());
      config.put(config.has("torch_dtype") ? "torch_dtype" : "dtype", type.torchName);
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
      SafetensorsWriter.write(
          folder.resolve(from.weights().getFileName()), weights.export(type.stored));
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot be written", e);
    }
  }
}

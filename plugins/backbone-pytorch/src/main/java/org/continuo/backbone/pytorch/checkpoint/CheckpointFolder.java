package org.continuo.backbone.pytorch.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import org.continuo.api.data.DataException;

/**
 * A folder in the layout of the Hugging Face libraries.
 *
 * @param source how the experiment file names it
 */
public record CheckpointFolder(String source, Path path) {
  private static final String EMBEDDED = "embedded:";

  /**
   * @param checkpoint a folder, or {@code embedded:NAME} for one that comes with this module
   * @throws DataException if there is none
   */
  public static CheckpointFolder resolve(String checkpoint) {
    if (checkpoint.startsWith(EMBEDDED)) {
      return new CheckpointFolder(
          checkpoint, EmbeddedCheckpoints.folder(checkpoint.substring(EMBEDDED.length())));
    }
    Path folder = Path.of(checkpoint);
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          "checkpoint '%s': %s; expected a Hugging Face folder (config.json, model.safetensors, tokenizer.json) or embedded:NAME"
              .formatted(checkpoint, Files.exists(folder) ? "not a folder" : "no such folder"));
    }
    return new CheckpointFolder(checkpoint, folder);
  }

  public Path config() {
    return path.resolve("config.json");
  }

  public Path generationConfig() {
    return path.resolve("generation_config.json");
  }

  public Path tokenizer() {
    return path.resolve("tokenizer.json");
  }

  public Path tokenizerConfig() {
    return path.resolve("tokenizer_config.json");
  }

  public Path weights() {
    return path.resolve("model.safetensors");
  }

  /** Names the files a sharded checkpoint is spread over. */
  public Path weightIndex() {
    return path.resolve("model.safetensors.index.json");
  }
}

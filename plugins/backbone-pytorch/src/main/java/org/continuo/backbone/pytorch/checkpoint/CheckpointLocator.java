package org.continuo.backbone.pytorch.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import org.continuo.api.data.DataException;
import org.continuo.api.plugin.Locator;
import org.continuo.checkpoints.CheckpointFolder;

/** From the name of a checkpoint in an experiment file to its folder. */
public final class CheckpointLocator {
  private static final String EMBEDDED = "embedded";

  private CheckpointLocator() {}

  /**
   * @param checkpoint a folder, or {@code embedded:NAME} for one that comes with this module
   * @throws DataException if there is none, or it is something else
   */
  public static CheckpointFolder folder(Locator checkpoint) {
    if (checkpoint.scheme().equals(EMBEDDED)) {
      return new CheckpointFolder(
          checkpoint.value(), EmbeddedCheckpoints.folder(checkpoint.name()));
    }
    Path folder = Path.of(checkpoint.value());
    if (!Files.exists(folder)) {
      throw new DataException(
          "checkpoint '%s': no such folder; expected a Hugging Face folder (config.json, model.safetensors, tokenizer.json) or embedded:NAME"
              .formatted(checkpoint));
    }
    return CheckpointFolder.open(checkpoint.value(), folder);
  }
}

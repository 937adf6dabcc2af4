package org.continuo.checkpoints;

import java.nio.file.Path;
import java.util.Optional;
import org.continuo.api.data.DataException;
import org.continuo.api.model.ModelHub;
import org.continuo.api.model.ModelLocation;
import org.continuo.api.plugin.Stability;

/**
 * A folder in the layout of the Hugging Face libraries.
 *
 * @param source how the experiment file names it
 * @param path where the transformer's files are
 * @param root what was asked for: the same, or the sentence-transformers folder around it
 * @param origin who made it, where the hub it came from knows
 */
@Stability(Stability.Level.EVOLVING)
public record CheckpointFolder(
    String source, Path path, Path root, Optional<ModelHub.Origin> origin) {
  static final String EXPECTED =
      "a Hugging Face folder (config.json, model.safetensors, tokenizer.json)";

  /** One whose transformer is not in a folder of its own. */
  public CheckpointFolder(String source, Path path) {
    this(source, path, path, Optional.empty());
  }

  /**
   * The folder an experiment file names, fetched if need be.
   *
   * @throws DataException if there is none, or it is something else: what it is instead
   */
  public static CheckpointFolder of(ModelLocation location) {
    ModelHub.Model model = location.model();
    CheckpointFolder folder = open(location.text(), model.path());
    return new CheckpointFolder(folder.source(), folder.path(), folder.root(), model.origin());
  }

  /**
   * Looks at the names of files alone: what is in them is for those who read them.
   *
   * @throws DataException if there is no folder, or it is something else: what it is instead
   */
  public static CheckpointFolder open(String source, Path folder) {
    Path transformer = SentenceModules.read(folder).transformer();
    Lookalike.check(source, transformer);
    return new CheckpointFolder(source, transformer, folder, Optional.empty());
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

  /** Beside the settings of the tokenizer, and before what they say. */
  public Path chatTemplate() {
    return path.resolve("chat_template.jinja");
  }

  public Path weights() {
    return path.resolve("model.safetensors");
  }

  /** Names the files a sharded checkpoint is spread over. */
  public Path weightIndex() {
    return path.resolve("model.safetensors.index.json");
  }
}

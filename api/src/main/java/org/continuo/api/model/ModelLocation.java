package org.continuo.api.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.continuo.api.data.DataException;
import org.continuo.api.plugin.Stability;

/**
 * Where a model is: a file or folder, or {@code HUB:NAME} such as {@code embedded:tiny}. As an
 * option, a relative path is made absolute, a name is left as it is, and the host finds the {@link
 * ModelHub} of a name.
 *
 * @param text as an experiment file holds it
 * @param hub the one that knows the name; empty for a path
 */
@Stability(Stability.Level.EVOLVING)
public record ModelLocation(String text, Optional<ModelHub.Factory> hub) {
  /** Two letters at least: a single one is a drive. */
  private static final Pattern NAMED = Pattern.compile("[a-z][a-z0-9-]+:(//)?[^/\\\\].*");

  public ModelLocation {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a path or HUB:NAME");
    }
    text =
        NAMED.matcher(text).matches()
            ? text
            : Path.of(text).toAbsolutePath().normalize().toString();
  }

  /** Without the hub, which a path has no need of. */
  public ModelLocation(String text) {
    this(text, Optional.empty());
  }

  public ModelLocation(Path path) {
    this(path.toString());
  }

  /** The id of the hub; empty for a path. */
  public Optional<String> hubId() {
    return NAMED.matcher(text).matches()
        ? Optional.of(text.substring(0, text.indexOf(':')))
        : Optional.empty();
  }

  /**
   * The files, fetched if need be.
   *
   * @throws DataException if there are none
   */
  public ModelHub.Model model() {
    if (hubId().isEmpty()) {
      return ModelHub.Model.at(existing());
    }
    return hub.orElseThrow(
            () ->
                new DataException(
                    "checkpoint '%s': found the name of a hub without the hub, expected a path; the host finds hubs when it reads options"
                        .formatted(text)))
        .open()
        .model(text.substring(text.indexOf(':') + 1));
  }

  private Path existing() {
    Path path = Path.of(text);
    if (!Files.exists(path)) {
      throw new DataException(
          "checkpoint '%s': no such file or folder; expected the folder of a model (config.json, model.safetensors, tokenizer.json) or HUB:NAME; correct the path%s"
              .formatted(
                  text,
                  nameOnHub(path)
                      .map(name -> ", or write %s for the model of that name".formatted(name))
                      .orElse("")));
    }
    return path;
  }

  /** People write {@code OWNER/NAME}, as they do for the Python libraries. */
  private static Optional<String> nameOnHub(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) && here.relativize(path).getNameCount() == 2
        ? Optional.of("hf://" + path.getParent().getFileName() + "/" + path.getFileName())
        : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}

package org.continuo.api.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.continuo.api.plugin.Stability;

/**
 * Where models come from that an experiment file names as {@code HUB:NAME}, such as {@code
 * embedded:tiny}: what stands before the colon is the {@link org.continuo.api.plugin.Plugin#id()
 * id} of the plugin.
 */
@Stability(Stability.Level.EVOLVING)
public interface ModelHub {
  /** The names it has; empty if they cannot be listed. */
  List<String> names();

  /**
   * The files of a model, fetched and converted if they are not there yet: they stay until the
   * process ends.
   *
   * @param name what stands behind the colon
   * @throws org.continuo.api.data.DataException if there is none of that name, or it cannot be had
   */
  Model model(String name);

  /**
   * Files of a model.
   *
   * @param path a folder, or a file
   */
  @Stability(Stability.Level.EVOLVING)
  record Model(Path path, Optional<Origin> origin) {
    /** Files of which nothing else is known. */
    public static Model at(Path path) {
      return new Model(path, Optional.empty());
    }
  }

  /**
   * Who made a model, and what may be done with it.
   *
   * @param published where, as a person would look for it
   * @param licence its SPDX identifier, or the words of the publisher
   */
  @Stability(Stability.Level.EVOLVING)
  record Origin(String published, String licence) {}

  /** Made once for each place in a file that names it. */
  @Stability(Stability.Level.EVOLVING)
  @FunctionalInterface
  interface Factory {
    ModelHub open();
  }
}

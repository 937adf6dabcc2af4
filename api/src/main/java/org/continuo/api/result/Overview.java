package org.continuo.api.result;

import java.io.IOException;
import java.nio.file.Path;
import org.continuo.api.plugin.Stability;

/**
 * Turns a suite's folder into something a person looks at. It reads files only, so it can run again
 * later.
 */
@FunctionalInterface
@Stability(Stability.Level.EVOLVING)
public interface Overview {
  /**
   * Reads {@code suite.json} of the folder and writes its own file beside it.
   *
   * @return the file written
   */
  Path write(Path suiteFolder) throws IOException;

  interface Factory {
    Overview create();
  }
}

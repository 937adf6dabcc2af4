package org.continuo.api.result;

import java.io.IOException;
import java.nio.file.Path;
import org.continuo.api.plugin.Stability;

/**
 * Turns a folder of results into something a person looks at. It reads files only, so it can run
 * again later.
 */
@FunctionalInterface
@Stability(Stability.Level.EVOLVING)
public interface Report {
  /**
   * Reads the folder and writes its own file into it. The folder of a run holds {@code
   * results.json} and {@code events.jsonl}, that of a comparison of two runs {@code
   * comparison.json}.
   *
   * @return the file written
   */
  Path write(Path folder) throws IOException;

  /** Says which folders it reports on, and makes it. */
  interface Factory {
    Report create();

    /** The file that a folder must hold to be reported on. */
    default String reads() {
      return "results.json";
    }
  }
}

package org.continuo.api.result;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Turns a run's folder into something a person looks at. It reads files only, so it can run again
 * later.
 */
@FunctionalInterface
public interface Report {
  /**
   * Reads {@code results.json} and {@code events.jsonl} of the folder and writes its own file
   * beside them.
   *
   * @return the file written
   */
  Path write(Path runFolder) throws IOException;

  interface Factory {
    Report create();
  }
}

package org.continuo.results;

import java.io.IOException;
import java.nio.file.Path;
import org.continuo.api.plugin.Stability;

/**
 * Turns results into something a person looks at. It reads files only, so it can be made again
 * later.
 *
 * @param <T> what it reports on: {@link RunResults}, {@link SuiteResults} or {@link
 *     ComparisonResults}
 */
@Stability(Stability.Level.EVOLVING)
public interface Report<T> {
  /** The file of a folder that it reports on. */
  ResultsFile<T> reads();

  /**
   * Writes its own file into the folder, the same for the same files.
   *
   * @param results what the folder's file says
   * @param folder the results are of; it may hold more to read, as {@link EventLog} and {@link
   *     PredictionsFile} do
   * @return the file written
   */
  Path write(T results, Path folder) throws IOException;

  interface Factory {
    Report<?> create();
  }
}

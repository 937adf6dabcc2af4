package org.continuo.reports.run;

import java.io.IOException;
import java.nio.file.Path;
import org.continuo.results.RunResults;

/** What the files of a run's folder say. */
public record Run(RunResults results, Events events) {
  /** A missing {@code events.jsonl} gives a run without events. */
  public static Run of(RunResults results, Path folder) throws IOException {
    return new Run(results, Events.read(folder));
  }

  public Scores scores() {
    return Scores.of(results);
  }
}

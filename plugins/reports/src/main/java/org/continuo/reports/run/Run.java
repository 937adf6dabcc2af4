package org.continuo.reports.run;

import java.io.IOException;
import java.nio.file.Path;

/** What the files of a run's folder say. */
public record Run(Results results, Events events) {
  public static final String RESULTS = "results.json";
  public static final String EVENTS = "events.jsonl";

  /**
   * @throws IOException if {@code results.json} is missing or not in the expected form; the message
   *     says how to get it. A missing {@code events.jsonl} gives a run without events.
   */
  public static Run read(Path folder) throws IOException {
    return new Run(Results.read(folder.resolve(RESULTS)), Events.read(folder.resolve(EVENTS)));
  }
}

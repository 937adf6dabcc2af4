package org.continuo.core.run;

import java.nio.file.Path;
import java.util.Locale;
import org.continuo.core.evaluate.AccuracyMatrix;
import org.continuo.core.evaluate.MetricHistory;

/**
 * How a run ended.
 *
 * @param metrics empty if the experiment names none
 */
public record Outcome(Status status, Path folder, AccuracyMatrix matrix, MetricHistory metrics) {

  public enum Status {
    COMPLETED,
    FAILED,
    INTERRUPTED;

    /** As {@code results.json} spells it. */
    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

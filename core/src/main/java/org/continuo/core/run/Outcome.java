package org.continuo.core.run;

import java.nio.file.Path;
import java.util.Locale;
import org.continuo.core.evaluate.AccuracyMatrix;

/** How a run ended. */
public record Outcome(Status status, Path folder, AccuracyMatrix matrix) {

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

package org.continuo.core.run;

import java.nio.file.Path;
import java.util.Locale;
import org.continuo.core.experiment.Training;
import org.continuo.core.train.TrainingDiverged;

/** A run that began and broke; what it had is in its folder. */
public final class RunFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The step size that nobody who names none diverges with. */
  private static final double USUAL_RATE = 2e-4;

  private final transient Path folder;

  RunFailed(Path folder, Training training, Throwable cause) {
    super(
        "the run failed: %s (results so far: %s; %s)"
            .formatted(Reason.of(cause), folder, advice(folder, training, cause)),
        cause);
    this.folder = folder;
  }

  /**
   * Numbers are computed alike from the same settings, so a diverged run would diverge again, and a
   * checkpoint belongs to its settings.
   */
  private static String advice(Path folder, Training training, Throwable cause) {
    return cause instanceof TrainingDiverged || cause instanceof ArithmeticException
        ? String.format(
            Locale.ROOT,
            "resumed it would end there again; start anew with other settings: continuo run %s --set training.learning-rate=%.1e",
            folder.resolve("experiment.conf"),
            Math.min(USUAL_RATE, training.learningRate() / 10))
        : "once the cause is mended: continuo resume " + folder;
  }

  /** Where what there is of it stands. */
  public Path folder() {
    return folder;
  }
}

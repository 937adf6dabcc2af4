package org.continuo.moecl.adversary;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Step;

/**
 * Watches for the point from which a reversed cross-entropy pushes without end. {@code ln T} is
 * what a discriminator pays that knows nothing of T tasks: above it there is nothing left to hide,
 * and the shared expert makes it name a wrong task ever more surely. A run is lost where that goes
 * on and the task is not learned; where the task is learned all the same, it goes on.
 *
 * <p>Steps are seen in windows. A new task begins high, as the discriminator has not said its name
 * yet, so two windows in a row count, the later one not below the earlier.
 */
final class Takeover {
  private static final int WINDOW = 10;

  /** Times ln T. */
  private static final double NOTICEABLE = 2;

  /** Times ln T: no task that was not learned so far was seen to be learned later. */
  private static final double LOST = 10;

  /** Part of the task's loss in its first step. */
  private static final double LEARNED = 0.95;

  private final Task task;
  private final Consumer<String> warnings;
  private Window open = new Window(0, 0, 0);
  private double firstTaskLoss;
  private Optional<Window> before = Optional.empty();
  private boolean warned;

  /**
   * Sums over some steps in a row.
   *
   * @param crossEntropy of the discriminator
   */
  private record Window(int steps, double crossEntropy, double taskLoss) {
    Window and(double moreCrossEntropy, double moreTaskLoss) {
      return new Window(steps + 1, crossEntropy + moreCrossEntropy, taskLoss + moreTaskLoss);
    }
  }

  Takeover(Task task, Consumer<String> warnings) {
    this.task = task;
    this.warnings = warnings;
  }

  /**
   * @param crossEntropy of the discriminator's logits, in nats, mean over layers and rows
   * @param classes T
   * @throws ArithmeticException if the adversary has taken over
   */
  void see(double crossEntropy, double taskLoss, int classes, Step step) {
    firstTaskLoss = step.number() == 0 ? taskLoss : firstTaskLoss;
    open = open.and(crossEntropy, taskLoss);
    if (open.steps < WINDOW) {
      return;
    }
    Window now = open;
    double rising =
        before
            .filter(last -> now.crossEntropy >= last.crossEntropy)
            .map(last -> last.crossEntropy / WINDOW / Math.log(classes))
            .orElse(0.0);
    boolean learned = now.taskLoss / WINDOW < LEARNED * firstTaskLoss;
    if (rising > LOST && !learned) {
      throw new ArithmeticException("the adversary has taken over: " + found(classes, step));
    }
    if (rising > NOTICEABLE && !warned) {
      warned = true;
      warnings.accept("the adversary begins to take over: " + found(classes, step));
    }
    before = Optional.of(now);
    open = new Window(0, 0, 0);
  }

  private String found(int classes, Step step) {
    return String.format(
        Locale.ROOT,
        "task '%s', step %d of %d: the discriminator's cross-entropy is %.1f and rising, where one that knows nothing of %d tasks has %.1f, and the task's loss went from %.2f to %.2f; the shared expert is pushed without end: take mode = improved, whose push is bounded, or lower adversary.weight or training.learning-rate",
        task.name(),
        step.number() + 1,
        step.total(),
        open.crossEntropy / WINDOW,
        classes,
        Math.log(classes),
        firstTaskLoss,
        open.taskLoss / WINDOW);
  }
}

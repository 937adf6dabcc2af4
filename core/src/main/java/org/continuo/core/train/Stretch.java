package org.continuo.core.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Objective;
import org.continuo.core.experiment.Training;

/**
 * The steps of one prelude or phase of a task.
 *
 * @param place whether the objective of the task is in force beside its own
 * @param first number of its first step, counted over the task
 * @param length its steps
 * @param total steps of the task
 * @param rate over all steps of the phases, or of this prelude
 * @param offset steps of {@code rate} that come before its first
 */
record Stretch(
    Contribution.Phase phase,
    Place place,
    int first,
    int length,
    int total,
    LearningRate rate,
    int offset) {
  enum Place {
    PRELUDE,
    PHASE
  }

  /** A task for which nobody says of which phases it consists. */
  private static final Contribution.Phase MAIN =
      new Contribution.Phase("main", 1, Objective.NONE, List.of());

  /**
   * What a task goes through: preludes by name, then phases in their order.
   *
   * @param stepsPerEpoch of the task
   * @param epochs of the task
   */
  static List<Stretch> of(Contribution task, int stepsPerEpoch, double epochs, Training training) {
    List<Contribution.Phase> preludes =
        task.preludes().stream().sorted(Comparator.comparing(Contribution.Phase::name)).toList();
    List<Contribution.Phase> phases = task.phases().isEmpty() ? List.of(MAIN) : task.phases();
    List<Integer> before = lengths(preludes, stepsPerEpoch, epochs);
    List<Integer> own = lengths(phases, stepsPerEpoch, epochs);
    int intro = sum(before);
    int total = intro + sum(own);
    List<Stretch> all = new ArrayList<>();
    int done = 0;
    for (int i = 0; i < preludes.size(); i++) {
      int length = before.get(i);
      LearningRate rate = rate(training, length);
      all.add(new Stretch(preludes.get(i), Place.PRELUDE, done, length, total, rate, 0));
      done += length;
    }
    LearningRate rate = rate(training, total - intro);
    for (int i = 0; i < phases.size(); i++) {
      int length = own.get(i);
      all.add(new Stretch(phases.get(i), Place.PHASE, done, length, total, rate, done - intro));
      done += length;
    }
    return all;
  }

  private static List<Integer> lengths(
      List<Contribution.Phase> phases, int stepsPerEpoch, double epochs) {
    return phases.stream().map(phase -> steps(stepsPerEpoch, epochs * phase.share())).toList();
  }

  private static int steps(int perEpoch, double epochs) {
    return epochs == 0 ? 0 : (int) Math.max(1, Math.round(perEpoch * epochs));
  }

  private static int sum(List<Integer> lengths) {
    return lengths.stream().mapToInt(Integer::intValue).sum();
  }

  private static LearningRate rate(Training training, int steps) {
    return new LearningRate(training.schedule(), training.warmup(), steps);
  }

  boolean last() {
    return first + length == total && place == Place.PHASE;
  }

  /**
   * On the peak step size.
   *
   * @param step counted over the task
   */
  double factor(int step) {
    return rate.factor(offset + step - first);
  }
}

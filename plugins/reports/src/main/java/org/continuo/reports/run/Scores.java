package org.continuo.reports.run;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.continuo.results.RunResults;

/**
 * Scores in [0,1] on each task after each stage.
 *
 * @param tasks T names
 * @param rows one per finished stage
 * @param zeroShot the row before any training; empty if not measured
 */
public record Scores(List<String> tasks, List<List<Double>> rows, Optional<List<Double>> zeroShot) {

  public static Scores of(RunResults results) {
    return new Scores(results.tasks(), results.accuracy(), results.zeroShot());
  }

  /** Stages whose row is there. */
  public int stages() {
    return rows.size();
  }

  public OptionalDouble at(int stage, int task) {
    return stage < rows.size()
        ? OptionalDouble.of(rows.get(stage).get(task))
        : OptionalDouble.empty();
  }

  public OptionalDouble untrained(int task) {
    return zeroShot.map(row -> OptionalDouble.of(row.get(task))).orElse(OptionalDouble.empty());
  }

  /** On a task directly after its training. */
  public OptionalDouble learned(int task) {
    return at(task, task);
  }

  /** On a task at the last finished stage, if it was trained by then. */
  public OptionalDouble last(int task) {
    return task < stages() ? at(stages() - 1, task) : OptionalDouble.empty();
  }

  /** Mean over the tasks trained by this stage. */
  public OptionalDouble meanOfLearned(int stage) {
    return IntStream.rangeClosed(0, stage).mapToDouble(task -> rows.get(stage).get(task)).average();
  }
}

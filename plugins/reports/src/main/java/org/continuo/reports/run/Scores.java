package org.continuo.reports.run;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Scores in [0,1] on each task after each stage.
 *
 * @param tasks T names
 * @param rows one per finished stage; cells may be absent
 * @param zeroShot the row before any training; empty if not measured
 */
public record Scores(
    List<String> tasks, List<List<OptionalDouble>> rows, List<OptionalDouble> zeroShot) {
  public Scores {
    tasks = List.copyOf(tasks);
    rows = rows.stream().map(List::copyOf).toList();
    zeroShot = List.copyOf(zeroShot);
  }

  /** Stages whose row is there. */
  public int stages() {
    return rows.size();
  }

  public OptionalDouble at(int stage, int task) {
    return stage < rows.size() ? cell(rows.get(stage), task) : OptionalDouble.empty();
  }

  public OptionalDouble untrained(int task) {
    return cell(zeroShot, task);
  }

  /** On a task directly after its training. */
  public OptionalDouble learned(int task) {
    return at(task, task);
  }

  /** On a task at the last finished stage, if it was trained by then. */
  public OptionalDouble last(int task) {
    return task < stages() ? at(stages() - 1, task) : OptionalDouble.empty();
  }

  /** Mean over the tasks trained by this stage, of the cells that are there. */
  public OptionalDouble meanOfLearned(int stage) {
    return IntStream.rangeClosed(0, stage)
        .mapToObj(task -> at(stage, task))
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average();
  }

  private static OptionalDouble cell(List<OptionalDouble> row, int task) {
    return task < row.size() ? row.get(task) : OptionalDouble.empty();
  }
}

package org.continuo.core.evaluate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The scores of a run: {@code R[t][i]} on the test split of task i after training task t, both from
 * 0. T is the number of tasks.
 *
 * @param tasks their names, in the order they were met; T of them
 * @param scores one row per finished stage, each with T columns; fewer than T rows if the run was
 *     interrupted
 * @param zeroShot scores before the first task was trained, T of them; empty if not measured
 * @param testExamples examples behind each column, T counts of at least 1
 */
public record AccuracyMatrix(
    List<String> tasks,
    List<List<Double>> scores,
    Optional<List<Double>> zeroShot,
    List<Integer> testExamples) {

  /**
   * @throws IllegalArgumentException if sizes do not agree or a score is not a finite number; the
   *     message names every such place
   */
  public AccuracyMatrix {
    tasks = List.copyOf(tasks);
    scores = scores.stream().map(List::copyOf).toList();
    zeroShot = zeroShot.map(List::copyOf);
    testExamples = List.copyOf(testExamples);
    List<String> problems = new ArrayList<>();
    if (tasks.isEmpty()) {
      problems.add("no tasks, expected at least one");
    }
    if (new HashSet<>(tasks).size() < tasks.size()) {
      problems.add("task names " + tasks + " are not all different");
    }
    if (scores.size() > tasks.size()) {
      problems.add(scores.size() + " stages, expected at most one per task: " + tasks.size());
    }
    for (int stage = 0; stage < scores.size(); stage++) {
      checkRow("stage " + stage, scores.get(stage), tasks, problems);
    }
    List<String> names = tasks;
    zeroShot.ifPresent(row -> checkRow("zero-shot", row, names, problems));
    if (testExamples.size() != tasks.size()) {
      problems.add(
          testExamples.size() + " counts of test examples, expected one per task: " + tasks.size());
    }
    for (int count : testExamples) {
      if (count < 1) {
        problems.add("a count of test examples is " + count + ", expected at least 1");
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("accuracy matrix: " + String.join("; ", problems));
    }
  }

  private static void checkRow(
      String row, List<Double> values, List<String> tasks, List<String> problems) {
    if (values.size() != tasks.size()) {
      problems.add(
          row + " has " + values.size() + " scores, expected one per task: " + tasks.size());
    }
    for (int task = 0; task < values.size(); task++) {
      if (!Double.isFinite(values.get(task))) {
        problems.add(row + ", task " + task + " is " + values.get(task) + ", expected a number");
      }
    }
  }

  /** Of a run that has trained nothing yet. */
  public static AccuracyMatrix start(
      List<String> tasks, Optional<List<Double>> zeroShot, List<Integer> testExamples) {
    return new AccuracyMatrix(tasks, List.of(), zeroShot, testExamples);
  }

  /** With the scores after one more task. */
  public AccuracyMatrix withStage(List<Double> row) {
    List<List<Double>> rows = new ArrayList<>(scores);
    rows.add(row);
    return new AccuracyMatrix(tasks, rows, zeroShot, testExamples);
  }

  /** {@code R[stage][task]}. */
  public double score(int stage, int task) {
    return scores.get(stage).get(task);
  }

  /** Whether every task has been trained. */
  public boolean finished() {
    return scores.size() == tasks.size();
  }
}

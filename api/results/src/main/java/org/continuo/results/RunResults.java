package org.continuo.results;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.plugin.Stability;
import org.continuo.api.result.MetricDefinition;

/**
 * What {@code results.json} says of a run, however it ended. T is the number of tasks.
 *
 * @param failure why, if it failed
 * @param name of the experiment
 * @param strategy its id
 * @param tasks T names, in the order they were met
 * @param score the grade that fills the matrix; {@link #MIXED} if tasks differ in it
 * @param scores that grade by task; empty if all tasks share one
 * @param accuracy {@code R[t][i]}, score in [0,1] on task i after training task t: a row per
 *     finished stage, T columns
 * @param zeroShot the row before any training; empty if not measured
 * @param routingAccuracy share of test examples whose task was identified rightly, per test and
 *     task; empty where the task id is given
 * @param testExamples T counts
 * @param metrics those of the matrix that are defined for it, by name
 * @param metricDefinitions of all metrics of a matrix
 * @param testMetrics what the metrics that the experiment names gave; empty if it names none
 */
@Stability(Stability.Level.EVOLVING)
public record RunResults(
    RunStatus status,
    Optional<Failure> failure,
    String name,
    String strategy,
    long seed,
    List<String> tasks,
    String score,
    Optional<Map<String, String>> scores,
    List<List<Double>> accuracy,
    Optional<List<Double>> zeroShot,
    Optional<List<List<Double>>> routingAccuracy,
    List<Integer> testExamples,
    Map<String, Double> metrics,
    List<MetricDefinition> metricDefinitions,
    Optional<List<TestMetric>> testMetrics,
    Protocol protocol,
    Cost cost,
    Provenance provenance,
    List<String> warnings) {

  /**
   * @throws IllegalArgumentException if the matrix does not fit the tasks; the message names every
   *     place
   */
  public RunResults {
    tasks = List.copyOf(tasks);
    accuracy = accuracy.stream().map(List::copyOf).toList();
    testExamples = List.copyOf(testExamples);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    metricDefinitions = List.copyOf(metricDefinitions);
    warnings = List.copyOf(warnings);
    List<String> problems = problems(tasks, accuracy);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  /** The score of a run whose tasks do not share one. */
  public static final String MIXED = "mixed";

  /** The grade by which a task is scored. */
  public String score(String task) {
    return scores.map(own -> own.get(task)).orElse(score);
  }

  /** Why a run failed. */
  public record Failure(String message) {}

  private static List<String> problems(List<String> tasks, List<List<Double>> accuracy) {
    List<String> problems = new ArrayList<>();
    if (tasks.isEmpty()) {
      problems.add("tasks is empty, expected names");
    }
    if (accuracy.size() > tasks.size()) {
      problems.add(
          "accuracy has %d rows, expected at most one per task: %d"
              .formatted(accuracy.size(), tasks.size()));
    }
    for (int stage = 0; stage < accuracy.size(); stage++) {
      if (accuracy.get(stage).size() != tasks.size()) {
        problems.add(
            "accuracy, row %d has %d scores, expected one per task: %d"
                .formatted(stage, accuracy.get(stage).size(), tasks.size()));
      }
    }
    return problems;
  }

  public boolean completed() {
    return status == RunStatus.COMPLETED;
  }

  /** Stages that have been trained and tested. */
  public int stages() {
    return accuracy.size();
  }

  /** Mean score over the tasks met so far, stage by stage. */
  public List<Double> seenAverages() {
    List<Double> averages = new ArrayList<>();
    for (int stage = 0; stage < accuracy.size(); stage++) {
      averages.add(mean(accuracy.get(stage).subList(0, stage + 1)));
    }
    return averages;
  }

  /**
   * Everything that is one number after the last stage, by name: the metrics of the matrix, the
   * mean over the tasks of what all of them have of the metrics on the answers ({@code
   * stripping-rate@0.9/total}) and of {@code routing-accuracy}.
   */
  public Map<String, Double> finalMetrics() {
    Map<String, Double> all = new LinkedHashMap<>(metrics);
    for (TestMetric metric : testMetrics.orElse(List.of())) {
      last(metric.stages())
          .ifPresent(
              byTask ->
                  byTask.get(0).keySet().stream()
                      .filter(name -> byTask.stream().allMatch(values -> values.containsKey(name)))
                      .forEach(
                          name ->
                              all.put(
                                  metric.metric().name() + "/" + name,
                                  mean(byTask.stream().map(values -> values.get(name)).toList()))));
    }
    routingAccuracy
        .flatMap(RunResults::last)
        .ifPresent(row -> all.put("routing-accuracy", mean(row)));
    return all;
  }

  private static <T> Optional<T> last(List<T> list) {
    return list.isEmpty() ? Optional.empty() : Optional.of(list.get(list.size() - 1));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}

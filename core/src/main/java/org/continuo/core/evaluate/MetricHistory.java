package org.continuo.core.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.result.MetricDefinition;
import org.continuo.results.Reading;
import org.continuo.results.RunState;
import org.continuo.results.TestMetric;

/**
 * What the metrics of an experiment gave at each stage.
 *
 * @param tasks T names
 * @param zeroShot before any training, T readings; empty if not tested
 * @param stages T readings for each finished stage; curves of the last one only
 */
public record MetricHistory(
    List<MetricDefinition> definitions,
    List<String> tasks,
    Optional<List<Reading>> zeroShot,
    List<List<Reading>> stages) {
  public MetricHistory {
    definitions = List.copyOf(definitions);
    tasks = List.copyOf(tasks);
    stages = List.copyOf(stages);
  }

  public static MetricHistory of(
      List<MetricDefinition> definitions, List<String> tasks, RunState.Scores scores) {
    return new MetricHistory(definitions, tasks, scores.zeroShotReadings(), scores.readings());
  }

  /** The stage to look at in the end. */
  public Optional<List<Reading>> last() {
    return stages.isEmpty() ? zeroShot : Optional.of(stages.get(stages.size() - 1));
  }

  /** The same by metric; empty if the experiment names none. */
  public List<TestMetric> byMetric() {
    return definitions.stream()
        .map(
            metric ->
                new TestMetric(
                    metric,
                    zeroShot.map(stage -> values(stage, metric)),
                    stages.stream().map(stage -> values(stage, metric)).toList(),
                    last().map(stage -> stage.stream().map(r -> r.curvesOf(metric)).toList())))
        .toList();
  }

  private static List<Map<String, Double>> values(List<Reading> stage, MetricDefinition metric) {
    return stage.stream().map(reading -> reading.valuesOf(metric)).toList();
  }
}

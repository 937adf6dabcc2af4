package org.continuo.core.evaluate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.result.Metric;
import org.continuo.api.result.MetricDefinition;

/**
 * What the metrics of an experiment gave at each stage.
 *
 * @param tasks T names
 * @param zeroShot before any training; empty if not tested
 * @param stages one per finished stage
 */
public record MetricHistory(
    List<MetricDefinition> definitions,
    List<String> tasks,
    Optional<Stage> zeroShot,
    List<Stage> stages) {
  public MetricHistory {
    definitions = List.copyOf(definitions);
    tasks = List.copyOf(tasks);
    stages = List.copyOf(stages);
  }

  /**
   * One task at one stage.
   *
   * @param values by name of the metric, then by name of the value; without metrics that gave none
   * @param curves by name of the metric; without metrics that have none
   */
  public record Reading(
      Map<String, Map<String, Double>> values, Map<String, List<Metric.Curve>> curves) {
    public Reading {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
      curves = Collections.unmodifiableMap(new LinkedHashMap<>(curves));
    }

    public Map<String, Double> valuesOf(MetricDefinition metric) {
      return values.getOrDefault(metric.name(), Map.of());
    }

    public List<Metric.Curve> curvesOf(MetricDefinition metric) {
      return curves.getOrDefault(metric.name(), List.of());
    }
  }

  /**
   * All tasks after one stage.
   *
   * @param readings T of them
   */
  public record Stage(List<Reading> readings) {
    public Stage {
      readings = List.copyOf(readings);
    }

    private Stage withoutCurves() {
      return new Stage(
          readings.stream().map(reading -> new Reading(reading.values, Map.of())).toList());
    }
  }

  /** Of a run that has tested nothing yet. */
  public static MetricHistory start(List<MetricDefinition> definitions, List<String> tasks) {
    return new MetricHistory(definitions, tasks, Optional.empty(), List.of());
  }

  public boolean isEmpty() {
    return definitions.isEmpty();
  }

  public MetricHistory withZeroShot(Stage stage) {
    return new MetricHistory(definitions, tasks, Optional.of(stage), stages);
  }

  /** With one more stage; only its curves are kept. */
  public MetricHistory withStage(Stage stage) {
    List<Stage> all = new ArrayList<>(stages.stream().map(Stage::withoutCurves).toList());
    all.add(stage);
    return new MetricHistory(definitions, tasks, zeroShot.map(Stage::withoutCurves), all);
  }

  /** The stage to look at in the end. */
  public Optional<Stage> last() {
    return stages.isEmpty() ? zeroShot : Optional.of(stages.get(stages.size() - 1));
  }
}

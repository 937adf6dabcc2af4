package org.continuo.core.evaluate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.continuo.api.result.Metric;
import org.continuo.api.result.MetricDefinition;
import org.continuo.api.result.Prediction;
import org.continuo.results.Reading;

/**
 * The metrics of an experiment, asked together. One that fails, or gives what is no share, is left
 * out with a warning: hours of training must not be lost to a number that can be computed later.
 */
public final class Metrics {
  private final List<Metric> metrics;

  public Metrics(List<Metric.Factory> factories) {
    metrics = factories.stream().map(Metric.Factory::create).toList();
  }

  public List<Metric> all() {
    return metrics;
  }

  public List<MetricDefinition> definitions() {
    return metrics.stream().map(Metric::definition).toList();
  }

  /** A sentence for each metric that is there twice. */
  public List<String> duplicates() {
    Set<String> seen = new HashSet<>();
    return definitions().stream()
        .map(MetricDefinition::name)
        .filter(name -> !seen.add(name))
        .distinct()
        .map(
            name ->
                "evaluation.metrics: found '%s' more than once, expected different metrics; remove one or change its options"
                    .formatted(name))
        .toList();
  }

  /**
   * What they say about one task at one stage.
   *
   * @param where to name in warnings
   */
  public Reading read(List<Prediction> predictions, String where, Consumer<String> warnings) {
    Map<String, Map<String, Double>> values = new LinkedHashMap<>();
    Map<String, List<Metric.Curve>> curves = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      String name = metric.definition().name();
      try {
        Map<String, Double> given = metric.values(predictions);
        List<String> wrong = wrong(given);
        if (!wrong.isEmpty()) {
          warnings.accept(
              "metric '%s' is left out for %s: found %s, expected values from 0 to 1"
                  .formatted(name, where, String.join(", ", wrong)));
        } else if (!given.isEmpty()) {
          values.put(name, given);
          List<Metric.Curve> lines = metric.curves(predictions);
          if (!lines.isEmpty()) {
            curves.put(name, lines);
          }
        }
      } catch (RuntimeException e) {
        warnings.accept("metric '%s' is left out for %s: it failed: %s".formatted(name, where, e));
      }
    }
    return new Reading(values, curves);
  }

  /** The numbers alone, by name of the metric; what fails here fails. */
  public Map<String, Map<String, Double>> values(List<Prediction> predictions) {
    Map<String, Map<String, Double>> values = new LinkedHashMap<>();
    metrics.forEach(metric -> values.put(metric.definition().name(), metric.values(predictions)));
    return values;
  }

  private static List<String> wrong(Map<String, Double> values) {
    List<String> wrong = new ArrayList<>();
    values.forEach(
        (name, value) -> {
          if (!(value >= 0 && value <= 1)) {
            wrong.add(name + " = " + value);
          }
        });
    return wrong;
  }
}

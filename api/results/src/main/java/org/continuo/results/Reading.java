package org.continuo.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.continuo.api.plugin.Stability;
import org.continuo.api.result.Metric;
import org.continuo.api.result.MetricDefinition;

/**
 * What metrics gave for one task at one stage.
 *
 * @param values by name of the metric, then by name of the value; without metrics that gave none
 * @param curves by name of the metric; without metrics that have none
 */
@Stability(Stability.Level.EVOLVING)
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

  public Reading withoutCurves() {
    return new Reading(values, Map.of());
  }
}

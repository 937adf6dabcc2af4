package org.continuo.results;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.plugin.Stability;
import org.continuo.api.result.Metric;
import org.continuo.api.result.MetricDefinition;

/**
 * What one metric gave on the answers to each test; a task it gave nothing for has an empty map.
 *
 * @param zeroShot values by name, per task; empty if not tested before training
 * @param stages values by name, per stage and task
 * @param curves of the last stage, per task; empty if nothing was tested
 */
@Stability(Stability.Level.EVOLVING)
public record TestMetric(
    @JsonUnwrapped MetricDefinition metric,
    Optional<List<Map<String, Double>>> zeroShot,
    List<List<Map<String, Double>>> stages,
    Optional<List<List<Metric.Curve>>> curves) {
  private static final String LABEL = Metric.ofLabel("");

  public TestMetric {
    stages = List.copyOf(stages);
  }

  /** How a person calls a value: that of a label by the label. */
  public static String spoken(String value) {
    return value.startsWith(LABEL) ? value.substring(LABEL.length()) : value;
  }
}

package org.continuo.reports.run;

import java.util.List;
import java.util.Map;

/**
 * What one metric gave on the answers to each test.
 *
 * @param zeroShot values by name, per task; empty if not tested before training
 * @param stages values by name, per stage and task
 * @param curves of the last stage, per task
 */
public record TestMetric(
    Definition definition,
    List<Map<String, Double>> zeroShot,
    List<List<Map<String, Double>>> stages,
    List<List<MetricCurve>> curves) {

  static List<TestMetric> allOf(Fields results) {
    return results.objects("testMetrics").stream()
        .flatMap(
            metric ->
                Definition.of(metric).stream()
                    .map(
                        definition ->
                            new TestMetric(
                                definition,
                                values(metric.objects("zeroShot")),
                                metric.lists("stages").stream().map(TestMetric::values).toList(),
                                metric.lists("curves").stream().map(MetricCurve::allOf).toList())))
        .toList();
  }

  private static List<Map<String, Double>> values(List<Fields> tasks) {
    return tasks.stream().map(Fields::numbersByName).toList();
  }

  /** The name of the values that is about the whole task. */
  public static final String TOTAL = "total";

  private static final String LABEL = "label:";

  /** How a person calls a value: that of a label by the label. */
  public static String spoken(String value) {
    return value.startsWith(LABEL) ? value.substring(LABEL.length()) : value;
  }
}

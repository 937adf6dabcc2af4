package org.continuo.core.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.continuo.api.result.Metric;
import org.continuo.api.result.MetricDefinition;
import org.continuo.core.evaluate.MetricHistory;

/** Metrics as the files of runs and comparisons hold them. */
public final class MetricJson {
  private MetricJson() {}

  public static Map<String, Object> definition(MetricDefinition metric) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", metric.name());
    json.put("title", metric.title());
    json.put("definition", metric.definition());
    json.put("formula", metric.formula());
    json.put("source", metric.source());
    json.put("higherIsBetter", metric.higherIsBetter());
    return json;
  }

  public static Map<String, Object> curve(Metric.Curve curve) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", curve.name());
    json.put("x", curve.x());
    json.put("y", curve.y());
    json.put("points", curve.points().stream().map(MetricJson::point).toList());
    curve.chosen().ifPresent(point -> json.put("chosen", point(point)));
    return json;
  }

  private static List<Double> point(Metric.Point point) {
    return List.of(point.x(), point.y());
  }

  /** One object per metric: definition, values by stage and task, curves of the last stage. */
  static List<Map<String, Object>> history(MetricHistory history) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (MetricDefinition metric : history.definitions()) {
      Map<String, Object> json = new LinkedHashMap<>(definition(metric));
      history.zeroShot().ifPresent(stage -> json.put("zeroShot", values(stage, metric)));
      json.put("stages", history.stages().stream().map(stage -> values(stage, metric)).toList());
      history.last().ifPresent(stage -> json.put("curves", curves(stage, metric)));
      all.add(json);
    }
    return all;
  }

  private static List<Map<String, Double>> values(
      MetricHistory.Stage stage, MetricDefinition metric) {
    return stage.readings().stream().map(reading -> reading.valuesOf(metric)).toList();
  }

  private static List<List<Map<String, Object>>> curves(
      MetricHistory.Stage stage, MetricDefinition metric) {
    return stage.readings().stream()
        .map(reading -> reading.curvesOf(metric).stream().map(MetricJson::curve).toList())
        .toList();
  }
}

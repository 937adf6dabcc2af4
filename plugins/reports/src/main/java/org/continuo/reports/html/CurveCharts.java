package org.continuo.reports.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.continuo.api.result.Metric;
import org.continuo.results.TestMetric;
import org.jsoup.nodes.Element;

/** Small charts of the curves behind a metric, one per task. */
final class CurveCharts {
  private static final int MOST_LINES = 8;

  private CurveCharts() {}

  /**
   * Curves that are drawn alike.
   *
   * @param prefix before the name of each, to tell groups apart; may be empty
   * @param dashed whether to draw them as the background of others
   */
  record Group(String prefix, boolean dashed, List<Metric.Curve> curves) {}

  static Element figure(
      String id, String title, String textual, List<Group> groups, Charts charts) {
    List<Metric.Curve> all = groups.stream().flatMap(group -> group.curves().stream()).toList();
    Map<String, Object> chart = new LinkedHashMap<>();
    chart.put("kind", "curves");
    chart.put("title", title);
    chart.put("x", all.get(0).x());
    chart.put("y", all.get(0).y());
    List<Object> series = new ArrayList<>();
    for (Group group : groups) {
      List<Metric.Curve> shown =
          group.curves().subList(0, Math.min(MOST_LINES, group.curves().size()));
      for (int i = 0; i < shown.size(); i++) {
        series.add(series(group, shown.get(i), i));
      }
    }
    chart.put("series", series);
    return charts
        .figure(
            id,
            title + ": " + all.get(0).y() + " against " + all.get(0).x() + "; " + textual,
            chart)
        .addClass("small");
  }

  private static Map<String, Object> series(Group group, Metric.Curve curve, int colour) {
    Map<String, Object> series = new LinkedHashMap<>();
    series.put("name", group.prefix() + TestMetric.spoken(curve.name()));
    series.put("colour", colour);
    series.put("dashed", group.dashed());
    series.put("points", curve.points().stream().map(CurveCharts::percent).toList());
    curve.chosen().ifPresent(point -> series.put("chosen", percent(point)));
    return series;
  }

  private static List<Double> percent(Metric.Point point) {
    return List.of(Charts.rounded(100 * point.x()), Charts.rounded(100 * point.y()));
  }
}

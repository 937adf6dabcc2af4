package org.continuo.reports.suite;

import static org.continuo.reports.html.Html.tag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.continuo.reports.html.Charts;
import org.continuo.reports.html.Numbers;
import org.continuo.results.Interval;
import org.continuo.results.SuiteResults.MeanCost;
import org.continuo.results.SuiteResults.MeanTimes;
import org.continuo.results.SuiteResults.Row;
import org.continuo.results.SuiteResults.Summary;
import org.jsoup.nodes.Element;

/** What a suite shows as charts; a row has one colour in all of them. */
final class SuiteCharts {
  private final Rows rows;
  private final Charts charts;
  private int figures;

  SuiteCharts(Rows rows, Charts charts) {
    this.rows = rows;
    this.charts = charts;
  }

  /** Mean score over the tasks met so far, after each task; empty where no row has any. */
  List<Element> stream(List<Row> group) {
    List<Map<String, Object>> series = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      Row row = group.get(i);
      if (!row.stream().isEmpty()) {
        Map<String, Object> line = line(row, i);
        line.put("points", row.stream().stream().map(SuiteCharts::range).toList());
        series.add(line);
      }
    }
    return series.isEmpty()
        ? List.of()
        : List.of(
            charts.figure(
                "stream-" + figures++,
                "Line chart of the mean score over the tasks met so far; the accuracy matrices hold"
                    + " the scores.",
                Map.of("kind", "stream", "series", series)));
  }

  private static Map<String, Object> line(Row row, int colour) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("name", row.marked());
    line.put("colour", colour);
    return line;
  }

  /** Mean and the ends of its interval, in percent; without one all the same. */
  private static List<Double> range(Summary summary) {
    Interval ends = summary.interval().orElse(new Interval(summary.mean(), summary.mean()));
    return List.of(percent(summary.mean()), percent(ends.low()), percent(ends.high()));
  }

  private static double percent(double share) {
    return Charts.rounded(100 * share);
  }

  /** Score against costs; empty where fewer than two rows have both. */
  List<Element> cost(List<Row> group) {
    List<Element> drawn = new ArrayList<>();
    pareto(
            group,
            "stored parameters",
            row -> row.cost().map(MeanCost::storedParameters),
            Numbers::brief)
        .ifPresent(drawn::add);
    pareto(
            group,
            "time of a run",
            row -> row.times().map(MeanTimes::totalSeconds),
            Numbers::duration)
        .ifPresent(drawn::add);
    return drawn.isEmpty() ? List.of() : List.of(tag("div.pair", drawn));
  }

  private record Point(Row row, int colour, double cost, Summary score) {}

  private Optional<Element> pareto(
      List<Row> group,
      String title,
      Function<Row, Optional<Double>> cost,
      DoubleFunction<String> format) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      Row row = group.get(i);
      double value = cost.apply(row).orElse(0.0);
      int colour = i;
      if (value > 0) {
        row.metric(rows.suite().metric())
            .ifPresent(score -> points.add(new Point(row, colour, value, score)));
      }
    }
    if (points.size() < 2) {
      return Optional.empty();
    }
    String score = rows.title(rows.suite().metric());
    Map<String, Object> chart = new LinkedHashMap<>();
    chart.put("kind", "pareto");
    chart.put("x", title);
    chart.put("y", score + ", %");
    chart.put("points", points.stream().map(point -> drawn(point, format)).toList());
    chart.put(
        "front",
        front(points).stream()
            .map(point -> List.of(point.cost, percent(point.score.mean())))
            .toList());
    return Optional.of(
        charts.figure(
            "cost-" + figures++,
            score + " against " + title + "; the comparison above holds the numbers.",
            chart));
  }

  private static Map<String, Object> drawn(Point point, DoubleFunction<String> format) {
    Map<String, Object> drawn = line(point.row, point.colour);
    drawn.put("cost", point.cost);
    drawn.put("spoken", format.apply(point.cost));
    drawn.put("score", range(point.score));
    return drawn;
  }

  /** Those that no other beats in both, by rising cost. */
  private List<Point> front(List<Point> points) {
    double sign = rows.higherIsBetter() ? 1 : -1;
    return points.stream()
        .filter(point -> points.stream().noneMatch(other -> beats(other, point, sign)))
        .sorted(Comparator.comparingDouble(Point::cost))
        .toList();
  }

  private static boolean beats(Point one, Point other, double sign) {
    double difference = sign * (one.score.mean() - other.score.mean());
    return difference >= 0 && one.cost <= other.cost && (difference > 0 || one.cost < other.cost);
  }
}

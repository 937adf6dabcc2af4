package org.continuo.reports.suite;

import static org.continuo.reports.suite.Markup.fixed;
import static org.continuo.reports.suite.Markup.percent;
import static org.continuo.reports.suite.Markup.tag;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.continuo.reports.suite.SuiteData.Row;
import org.continuo.reports.suite.SuiteData.Summary;
import org.jsoup.nodes.Element;

/** Mean score over the tasks met so far, after each task, with the interval as a band. */
final class StreamChart {
  private static final double WIDTH = 860;
  private static final double HEIGHT = 380;
  private static final double LEFT = 44;
  private static final double RIGHT = 230;
  private static final double TOP = 16;
  private static final double BOTTOM = 40;
  private static final double LABEL_GAP = 17;

  private final List<Row> rows;
  private final int stages;
  private final double low;
  private final double high;

  private StreamChart(List<Row> rows) {
    this.rows = rows;
    stages = rows.stream().mapToInt(row -> row.stream().size()).max().orElse(0);
    double[] values =
        rows.stream()
            .flatMap(row -> row.stream().stream())
            .flatMapToDouble(
                each ->
                    DoubleStream.of(
                        each.low().orElse(each.mean()), each.high().orElse(each.mean())))
            .toArray();
    low = Math.max(0, Arrays.stream(values).min().orElse(0) - 0.03);
    high = Math.min(1, Arrays.stream(values).max().orElse(1) + 0.03);
  }

  /** Empty where no row has a stream. */
  static List<Element> of(List<Row> rows) {
    List<Row> drawn = rows.stream().filter(row -> !row.stream().isEmpty()).toList();
    return drawn.isEmpty() ? List.of() : List.of(new StreamChart(drawn).figure());
  }

  private Element figure() {
    Svg svg = new Svg(WIDTH, HEIGHT, "Mean score over the tasks met so far, after each task");
    for (double tick : Svg.ticks(100 * low, 100 * high, 4)) {
      svg.line(LEFT, y(tick / 100), WIDTH - RIGHT, y(tick / 100), "grid");
      svg.text(LEFT - 8, y(tick / 100) + 4, "end", "axis", Svg.tick(tick));
    }
    for (int stage = 0; stage < stages; stage++) {
      svg.text(x(stage), HEIGHT - BOTTOM + 22, "middle", "axis", "task " + (stage + 1));
    }
    for (int i = 0; i < rows.size(); i++) {
      band(svg, rows.get(i).stream(), Svg.colour(i));
    }
    for (int i = 0; i < rows.size(); i++) {
      line(svg, rows.get(i), Svg.colour(i));
    }
    labels(svg);
    return tag("figure.chart", svg.element());
  }

  private void band(Svg svg, List<Summary> stream, String colour) {
    List<double[]> upper = new ArrayList<>();
    List<double[]> lower = new ArrayList<>();
    for (int stage = 0; stage < stream.size(); stage++) {
      Summary each = stream.get(stage);
      upper.add(new double[] {x(stage), y(each.high().orElse(each.mean()))});
      lower.add(new double[] {x(stage), y(each.low().orElse(each.mean()))});
    }
    svg.band(upper, lower, "band " + colour);
  }

  private void line(Svg svg, Row row, String colour) {
    List<double[]> points = new ArrayList<>();
    for (int stage = 0; stage < row.stream().size(); stage++) {
      points.add(new double[] {x(stage), y(row.stream().get(stage).mean())});
    }
    svg.polyline(points, "line " + colour);
    for (int stage = 0; stage < points.size(); stage++) {
      Summary each = row.stream().get(stage);
      String interval =
          each.low().isPresent()
              ? " (" + percent(each.low().orElse(0)) + " to " + percent(each.high().orElse(0)) + ")"
              : "";
      svg.dot(
          points.get(stage)[0],
          points.get(stage)[1],
          4,
          "dot " + colour,
          fixed("%s, after task %d: ", row.marked(), stage + 1) + percent(each.mean()) + interval);
    }
  }

  /** At the end of each line, moved apart where they would cover each other. */
  private void labels(Svg svg) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(i -> y(last(rows.get(i)))));
    double next = TOP;
    double slack = HEIGHT - BOTTOM - TOP - LABEL_GAP * rows.size();
    for (int i : order) {
      double wanted = Math.max(next, Math.min(y(last(rows.get(i))), next + Math.max(0, slack)));
      slack -= wanted - next;
      svg.line(WIDTH - RIGHT + 4, y(last(rows.get(i))), WIDTH - RIGHT + 18, wanted, "lead");
      svg.text(
          WIDTH - RIGHT + 22,
          wanted + 4,
          "start",
          "name " + Svg.colour(i),
          rows.get(i).marked() + "  " + percent(last(rows.get(i))));
      next = wanted + LABEL_GAP;
    }
  }

  private static double last(Row row) {
    return row.stream().get(row.stream().size() - 1).mean();
  }

  private double x(int stage) {
    double width = WIDTH - LEFT - RIGHT - 24;
    return LEFT + 12 + (stages == 1 ? width / 2 : width * stage / (stages - 1));
  }

  private double y(double score) {
    return TOP + (HEIGHT - TOP - BOTTOM) * (high - score) / Math.max(1e-9, high - low);
  }
}

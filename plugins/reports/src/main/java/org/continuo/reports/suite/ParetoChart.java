package org.continuo.reports.suite;

import static org.continuo.reports.suite.Markup.percent;
import static org.continuo.reports.suite.Markup.tag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.continuo.reports.suite.SuiteData.Row;
import org.continuo.reports.suite.SuiteData.Summary;
import org.jsoup.nodes.Element;

/** Score against a cost; the front joins the rows that no other beats in both. */
final class ParetoChart {
  private static final double WIDTH = 470;
  private static final double HEIGHT = 330;
  private static final double LEFT = 44;
  private static final double RIGHT = 24;
  private static final double TOP = 30;
  private static final double BOTTOM = 46;

  /** Mean width of a letter of a label. */
  private static final double LETTER = 7.6;

  private final SuiteData data;
  private final String title;
  private final DoubleFunction<String> format;
  private final List<Point> points;

  /** Start, baseline and width of the labels so far. */
  private final List<double[]> taken = new ArrayList<>();

  private double lowCost;
  private double highCost;
  private double lowScore;
  private double highScore;

  private record Point(Row row, int index, double cost, Summary score) {}

  private ParetoChart(
      SuiteData data, String title, DoubleFunction<String> format, List<Point> points) {
    this.data = data;
    this.title = title;
    this.format = format;
    this.points = points;
    lowCost = points.stream().mapToDouble(Point::cost).min().orElse(1);
    highCost = points.stream().mapToDouble(Point::cost).max().orElse(1);
    double room = Math.max(0.12, 0.1 * Math.log10(highCost / lowCost));
    lowCost /= Math.pow(10, room);
    highCost *= Math.pow(10, room);
    lowScore =
        points.stream().mapToDouble(p -> p.score.low().orElse(p.score.mean())).min().orElse(0)
            - 0.02;
    highScore =
        points.stream().mapToDouble(p -> p.score.high().orElse(p.score.mean())).max().orElse(1)
            + 0.02;
  }

  /** Empty where fewer than two rows have both. */
  static List<Element> of(
      SuiteData data,
      List<Row> rows,
      String title,
      String block,
      String cost,
      DoubleFunction<String> format) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      double value = row.mean(block, cost).orElse(0);
      int index = i;
      if (value > 0) {
        row.metric(data.metric())
            .ifPresent(score -> points.add(new Point(row, index, value, score)));
      }
    }
    return points.size() < 2
        ? List.of()
        : List.of(new ParetoChart(data, title, format, points).figure());
  }

  private Element figure() {
    Svg svg = new Svg(WIDTH, HEIGHT, data.title(data.metric()) + " against " + title);
    for (double tick : Svg.ticks(100 * lowScore, 100 * highScore, 4)) {
      svg.line(LEFT, y(tick / 100), WIDTH - RIGHT, y(tick / 100), "grid");
      svg.text(LEFT - 8, y(tick / 100) + 4, "end", "axis", Svg.tick(tick));
    }
    svg.text(LEFT, 14, "start", "axis", data.title(data.metric()) + ", %");
    svg.text(WIDTH - RIGHT, HEIGHT - 8, "end", "axis", title + " (logarithmic)");
    for (int i = 0; i < 3; i++) {
      double cost = Math.pow(10, (Math.log10(lowCost) * (2 - i) + Math.log10(highCost) * i) / 2);
      String anchor = i == 0 ? "start" : i == 1 ? "middle" : "end";
      svg.text(x(cost), HEIGHT - BOTTOM + 18, anchor, "axis", format.apply(cost));
    }
    front(svg);
    for (Point point : points) {
      String colour = Svg.colour(point.index);
      double middle = x(point.cost);
      svg.line(
          middle,
          y(point.score.low().orElse(point.score.mean())),
          middle,
          y(point.score.high().orElse(point.score.mean())),
          "whisker " + colour);
      svg.dot(
          middle,
          y(point.score.mean()),
          6,
          "dot " + colour,
          point.row.marked()
              + ": "
              + percent(point.score.mean())
              + " at "
              + format.apply(point.cost));
      label(svg, point, colour);
    }
    return tag("figure.chart", svg.element());
  }

  /** Beside its dot, at the first place that covers nothing. */
  private void label(Svg svg, Point point, String colour) {
    String name = point.row.marked();
    double width = LETTER * name.length();
    double x = x(point.cost);
    double y = y(point.score.mean()) + 4;
    double[] best =
        DoubleStream.of(0, -14, 14, -28, 28, -42, 42)
            .boxed()
            .flatMap(
                shift ->
                    Stream.of(
                        new double[] {x + 10, y + shift}, new double[] {x - 10 - width, y + shift}))
            .filter(place -> place[0] >= 0 && place[0] + width <= WIDTH && free(place, width))
            .findFirst()
            .orElse(new double[] {x + 10, y});
    taken.add(new double[] {best[0], best[1], width});
    svg.text(best[0], best[1], "start", "name " + colour, name);
  }

  private boolean free(double[] place, double width) {
    boolean labels =
        taken.stream()
            .noneMatch(
                other ->
                    place[0] < other[0] + other[2]
                        && other[0] < place[0] + width
                        && Math.abs(place[1] - other[1]) < 14);
    return labels
        && points.stream()
            .noneMatch(
                other ->
                    x(other.cost) > place[0] - 4
                        && x(other.cost) < place[0] + width + 4
                        && Math.abs(y(other.score.mean()) + 4 - place[1]) < 11);
  }

  private void front(Svg svg) {
    boolean higher = data.higherIsBetter(data.metric());
    List<double[]> steps = new ArrayList<>();
    points.stream()
        .filter(point -> points.stream().noneMatch(other -> beats(other, point, higher)))
        .sorted(Comparator.comparingDouble(Point::cost))
        .forEach(
            point -> {
              if (!steps.isEmpty()) {
                steps.add(new double[] {x(point.cost), steps.get(steps.size() - 1)[1]});
              }
              steps.add(new double[] {x(point.cost), y(point.score.mean())});
            });
    svg.polyline(steps, "front");
  }

  private static boolean beats(Point one, Point other, boolean higher) {
    double difference =
        higher ? one.score.mean() - other.score.mean() : other.score.mean() - one.score.mean();
    return difference >= 0 && one.cost <= other.cost && (difference > 0 || one.cost < other.cost);
  }

  private double x(double cost) {
    double share =
        (Math.log10(cost) - Math.log10(lowCost)) / (Math.log10(highCost) - Math.log10(lowCost));
    return LEFT + 8 + (WIDTH - LEFT - RIGHT - 8) * share;
  }

  private double y(double score) {
    return TOP + (HEIGHT - TOP - BOTTOM) * (highScore - score) / (highScore - lowScore);
  }
}

package org.continuo.reports.run;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A line that stands behind a value of a metric; both axes reach from 0 to 1.
 *
 * @param x title of the axis
 * @param chosen the point behind the value
 */
public record MetricCurve(
    String name, String x, String y, List<Point> points, Optional<Point> chosen) {
  /** A point of the line. */
  public record Point(double x, double y) {}

  static List<MetricCurve> allOf(List<Fields> curves) {
    return curves.stream()
        .map(
            curve ->
                new MetricCurve(
                    curve.text("name").orElse(""),
                    curve.text("x").orElse("x"),
                    curve.text("y").orElse("y"),
                    curve.rows("points").stream().flatMap(row -> point(row).stream()).toList(),
                    point(curve.numbers("chosen"))))
        .toList();
  }

  private static Optional<Point> point(List<OptionalDouble> row) {
    return row.size() == 2 && row.stream().allMatch(OptionalDouble::isPresent)
        ? Optional.of(new Point(row.get(0).getAsDouble(), row.get(1).getAsDouble()))
        : Optional.empty();
  }
}

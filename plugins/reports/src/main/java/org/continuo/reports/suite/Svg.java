package org.continuo.reports.suite;

import static org.continuo.reports.suite.Markup.fixed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Element;

/** A drawing in units of CSS pixels that shrinks with its column; colours are those of the page. */
final class Svg {
  private final Element root;

  /**
   * @param title what it shows, for those who cannot see it
   */
  Svg(double width, double height, String title) {
    root =
        new Element("svg")
            .attr("viewBox", "0 0 " + round(width) + " " + round(height))
            .attr("role", "img")
            .attr("style", "max-width: " + round(width) + "px")
            .attr("class", "drawing");
    root.appendChild(new Element("title").appendText(title));
  }

  Element element() {
    return root;
  }

  Svg line(double x1, double y1, double x2, double y2, String kind) {
    root.appendChild(
        shape("line", kind)
            .attr("x1", round(x1))
            .attr("y1", round(y1))
            .attr("x2", round(x2))
            .attr("y2", round(y2)));
    return this;
  }

  /** Text with its baseline at y; {@code anchor} is start, middle or end. */
  Svg text(double x, double y, String anchor, String kind, String text) {
    root.appendChild(
        shape("text", kind)
            .attr("x", round(x))
            .attr("y", round(y))
            .attr("text-anchor", anchor)
            .appendText(text));
    return this;
  }

  /** A dot that tells its text to a pointer. */
  Svg dot(double x, double y, double radius, String kind, String tip) {
    root.appendChild(
        shape("circle", kind)
            .attr("cx", round(x))
            .attr("cy", round(y))
            .attr("r", round(radius))
            .appendChild(new Element("title").appendText(tip)));
    return this;
  }

  Svg polyline(List<double[]> points, String kind) {
    root.appendChild(shape("polyline", kind).attr("points", joined(points)));
    return this;
  }

  /** The area between two lines over the same places. */
  Svg band(List<double[]> upper, List<double[]> lower, String kind) {
    List<double[]> outline = new ArrayList<>(upper);
    for (int i = lower.size() - 1; i >= 0; i--) {
      outline.add(lower.get(i));
    }
    root.appendChild(shape("polygon", kind).attr("points", joined(outline)));
    return this;
  }

  private static Element shape(String name, String kind) {
    return new Element(name).attr("class", kind);
  }

  private static String joined(List<double[]> points) {
    return String.join(
        " ", points.stream().map(point -> round(point[0]) + "," + round(point[1])).toList());
  }

  private static String round(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** Class of the n-th line colour; after eight they return, and lines are dashed. */
  static String colour(int index) {
    return "c" + (index % 8 + 1) + (index < 8 ? "" : " again");
  }

  /** Values between two ends at steps of 1, 2 or 5 times a power of ten, about {@code count}. */
  static List<Double> ticks(double low, double high, int count) {
    double span = Math.max(high - low, 1e-9);
    double power = Math.pow(10, Math.floor(Math.log10(span / count)));
    double step = 10 * power;
    for (double multiple : new double[] {5, 2, 1}) {
      step = span / (multiple * power) >= count ? multiple * power : step;
      if (span / (multiple * power) >= count) {
        break;
      }
    }
    List<Double> ticks = new ArrayList<>();
    for (double tick = Math.ceil(low / step - 1e-9) * step;
        tick <= high + 1e-9 * span;
        tick += step) {
      ticks.add(tick);
    }
    return ticks;
  }

  static String tick(double value) {
    return Math.abs(value - Math.rint(value)) < 1e-9 ? fixed("%.0f", value) : fixed("%.1f", value);
  }
}

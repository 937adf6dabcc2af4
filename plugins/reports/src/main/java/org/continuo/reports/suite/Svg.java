package org.continuo.reports.suite;

import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Element;

/** A drawing in units of CSS pixels that shrinks with its column; colours are those of the page. */
final class Svg {
  private final Element root;

  /**
   * @param kind a class beside that of all drawings
   * @param title what it shows, for those who cannot see it
   */
  Svg(String kind, double width, double height, String title) {
    root =
        new Element("svg")
            .attr("viewBox", "0 0 " + round(width) + " " + round(height))
            .attr("role", "img")
            .attr("style", "max-width: " + round(width) + "px")
            .attr("class", "drawing " + kind);
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

  Svg polyline(List<double[]> points, String kind) {
    root.appendChild(shape("polyline", kind).attr("points", joined(points)));
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
}

package org.continuo.reports.suite;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;

/** Elements and numbers as expressions; texts are escaped when the page is printed. */
final class Markup {
  static final String ABSENT = "\u2013";

  private Markup() {}

  /**
   * @param kind a tag with classes, {@code td.number}
   */
  static Element tag(String kind, List<? extends Node> children) {
    String[] parts = kind.split("\\.", 2);
    Element element = new Element(parts[0]);
    if (parts.length > 1) {
      element.attr("class", parts[1].replace('.', ' '));
    }
    return element.appendChildren(children);
  }

  static Element tag(String kind, Node... children) {
    return tag(kind, List.of(children));
  }

  static Element tag(String kind, String text) {
    return tag(kind).appendText(text);
  }

  static Element section(String id, String title, String lead, List<? extends Node> children) {
    return tag("section", tag("h2", title), tag("p.lead", lead))
        .attr("id", id)
        .appendChildren(children);
  }

  /** A cell with what a table is sorted by. */
  static Element number(String text, OptionalDouble value) {
    Element cell = tag("td.number", text);
    value.ifPresent(number -> cell.attr("data-value", String.valueOf(number)));
    return cell;
  }

  /** Scrolls sideways where the window is narrow. */
  static Element wide(Element table) {
    return tag("div.wide", table).attr("tabindex", "0");
  }

  static String fixed(String format, Object... values) {
    return String.format(Locale.ROOT, format, values).replace("-", "\u2212");
  }

  static String percent(double score) {
    String text = fixed("%.1f", 100 * score);
    return text.equals("\u22120.0") ? "0.0" : text;
  }

  /** {@code 1,234,567}, or {@code 12.3M}. */
  static String count(double value) {
    return value < 1e6 ? fixed("%,.0f", value) : fixed("%.1fM", value / 1e6);
  }

  static String seconds(double value) {
    return value < 100 ? fixed("%.1f s", value) : fixed("%.1f min", value / 60);
  }

  static String bytes(double value) {
    return value < 1e9 ? fixed("%.0f MB", value / 1e6) : fixed("%.2f GB", value / 1e9);
  }

  static String pValue(OptionalDouble p) {
    if (p.isEmpty()) {
      return ABSENT;
    }
    return p.getAsDouble() < 0.001 ? "<0.001" : fixed("%.3f", p.getAsDouble());
  }
}

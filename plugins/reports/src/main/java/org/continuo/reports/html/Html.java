package org.continuo.reports.html;

import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Elements written as expressions; texts are escaped when the page is printed. */
final class Html {
  private Html() {}

  /**
   * @param kind a tag with classes, {@code td.number}
   */
  static Element tag(String kind, String text) {
    return tag(kind).appendText(text);
  }

  static Element tag(String kind, Node... children) {
    return tag(kind, List.of(children));
  }

  static Element tag(String kind, List<? extends Node> children) {
    int dot = kind.indexOf('.');
    if (dot < 0) {
      return new Element(kind).appendChildren(children);
    }
    return new Element(kind.substring(0, dot))
        .attr("class", kind.substring(dot + 1).replace('.', ' '))
        .appendChildren(children);
  }

  static TextNode text(String text) {
    return new TextNode(text);
  }

  /** A part of the page that the navigation leads to. */
  static Element section(String id, String title, List<? extends Node> children) {
    Element heading = tag("h2", title).attr("id", id + "-title");
    return tag("section", heading)
        .appendChildren(children)
        .attr("id", id)
        .attr("aria-labelledby", id + "-title");
  }

  static Element columnHead(String kind, String text) {
    return tag(kind, text).attr("scope", "col");
  }

  static Element rowHead(String text) {
    return tag("th", text).attr("scope", "row");
  }

  static Element number(String text) {
    return tag("td.number", text);
  }

  /** Scrolls sideways where the window is narrow. */
  static Element wide(String label, Element table) {
    return tag("div.wide", table)
        .attr("role", "region")
        .attr("aria-label", label)
        .attr("tabindex", "0");
  }
}

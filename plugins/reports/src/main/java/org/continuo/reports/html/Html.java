package org.continuo.reports.html;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Elements written as expressions; texts are escaped when the page is printed. */
public final class Html {
  private Html() {}

  /**
   * @param kind a tag with classes, {@code td.number}
   */
  public static Element tag(String kind, String text) {
    return tag(kind).appendText(text);
  }

  public static Element tag(String kind, Node... children) {
    return tag(kind, List.of(children));
  }

  public static Element tag(String kind, List<? extends Node> children) {
    int dot = kind.indexOf('.');
    if (dot < 0) {
      return new Element(kind).appendChildren(children);
    }
    return new Element(kind.substring(0, dot))
        .attr("class", kind.substring(dot + 1).replace('.', ' '))
        .appendChildren(children);
  }

  public static TextNode text(String text) {
    return new TextNode(text);
  }

  /** A part of the page that the navigation leads to. */
  public static Element section(String id, String title, List<? extends Node> children) {
    Element heading = tag("h2", title).attr("id", id + "-title");
    return tag("section", heading)
        .appendChildren(children)
        .attr("id", id)
        .attr("aria-labelledby", id + "-title");
  }

  /** The same, begun by what it shows. */
  public static Element section(
      String id, String title, String lead, List<? extends Node> children) {
    List<Node> all = new ArrayList<>(List.of(tag("p.lead", lead)));
    all.addAll(children);
    return section(id, title, all);
  }

  /** A name and what it is, in a list of them. */
  public static Element fact(String name, String value) {
    return tag("div", tag("dt", name), tag("dd", value));
  }

  public static Element columnHead(String kind, String text) {
    return tag(kind, text).attr("scope", "col");
  }

  public static Element rowHead(String text) {
    return tag("th", text).attr("scope", "row");
  }

  public static Element number(String text) {
    return tag("td.number", text);
  }

  /** A cell with what a table is sorted by. */
  public static Element number(String text, OptionalDouble value) {
    Element cell = number(text);
    value.ifPresent(number -> cell.attr("data-value", String.valueOf(number)));
    return cell;
  }

  /**
   * A table whose rows become lists where the window is narrow, so that nothing of it is cut. Cells
   * that have no label take that of their column.
   */
  public static Element listed(String label, Element table) {
    table.addClass("stacked");
    List<String> columns =
        table.expectFirst("thead tr").children().stream().map(Element::text).toList();
    for (Element row : table.select("tbody tr")) {
      List<Element> cells = row.children();
      for (int i = 0; i < cells.size(); i++) {
        if (cells.get(i).is("td:not([data-label])")) {
          cells.get(i).attr("data-label", columns.get(i));
        }
      }
    }
    return wide(label, table);
  }

  /** Scrolls sideways where the window is narrow. */
  public static Element wide(String label, Element table) {
    return tag("div.wide", table)
        .attr("role", "region")
        .attr("aria-label", label)
        .attr("tabindex", "0");
  }
}

package org.continuo.reports.suite;

import static org.continuo.reports.html.Html.tag;
import static org.continuo.reports.html.Numbers.percent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.continuo.reports.html.Html;
import org.continuo.results.SuiteResults.Cell;
import org.continuo.results.SuiteResults.Row;
import org.jsoup.nodes.Element;

/** The accuracy matrices of all rows side by side, order by order, each the mean over its seeds. */
final class Matrices {
  private final Rows rows;

  Matrices(Rows rows) {
    this.rows = rows;
  }

  /** One block per order; orders nobody has completed are left out. */
  List<Element> elements() {
    List<Element> blocks = new ArrayList<>();
    for (String order : rows.suite().orders().keySet()) {
      List<Element> figures = new ArrayList<>();
      for (Row row : rows.suite().rows()) {
        List<Cell> cells =
            rows.cells(row).stream()
                .filter(cell -> cell.order().equals(order) && cell.run().accuracy().isPresent())
                .toList();
        if (!cells.isEmpty()) {
          figures.add(figure(row, cells));
        }
      }
      if (!figures.isEmpty()) {
        blocks.add(tag("h3", "Order " + order));
        blocks.add(tag("div.matrices", figures));
      }
    }
    return blocks;
  }

  private static Element figure(Row row, List<Cell> cells) {
    List<String> tasks = cells.get(0).run().tasks().orElseThrow();
    Element header = tag("tr", tag("th", ""));
    for (int task = 0; task < tasks.size(); task++) {
      header.appendChild(
          tag("th", String.valueOf(task + 1)).attr("scope", "col").attr("title", tasks.get(task)));
    }
    Element body = tag("tbody");
    for (int stage = 0; stage < tasks.size(); stage++) {
      Element line =
          tag(
              "tr",
              tag("th", (stage + 1) + " " + tasks.get(stage))
                  .attr("scope", "row")
                  .attr("title", "after training " + tasks.get(stage)));
      for (int task = 0; task < tasks.size(); task++) {
        line.appendChild(cell(cells, stage, task));
      }
      body.appendChild(line);
    }
    String seeds = cells.size() == 1 ? "1 seed" : cells.size() + " seeds";
    String name = row.marked() + (row.setting().isEmpty() ? "" : " (" + row.settingLabel() + ")");
    return tag(
        "figure",
        tag("figcaption", tag("b", name), tag("span.aside", " " + seeds)),
        Html.wide(
            "Accuracy matrix of " + name, tag("table.matrix.dense", tag("thead", header), body)));
  }

  private static Element cell(List<Cell> cells, int stage, int task) {
    double mean =
        cells.stream()
            .mapToDouble(each -> each.run().accuracy().orElseThrow().get(stage).get(task))
            .average()
            .orElseThrow();
    boolean seen = task <= stage;
    Element cell =
        tag(
            "td.cell" + (seen ? ".seen" : ".unseen") + (task == stage ? ".own" : ""),
            percent(mean));
    return seen ? cell.attr("style", String.format(Locale.ROOT, "--v: %.3f", mean)) : cell;
  }
}

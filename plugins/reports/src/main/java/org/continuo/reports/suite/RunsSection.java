package org.continuo.reports.suite;

import static org.continuo.reports.html.Html.columnHead;
import static org.continuo.reports.html.Html.number;
import static org.continuo.reports.html.Html.rowHead;
import static org.continuo.reports.html.Html.tag;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.continuo.reports.html.Html;
import org.continuo.reports.html.Numbers;
import org.continuo.results.SuiteResults;
import org.jsoup.nodes.Element;

/**
 * Every cell, and every trial of a search, with a link to its run or the reason why it has none.
 */
final class RunsSection {
  private final Rows rows;

  RunsSection(Rows rows) {
    this.rows = rows;
  }

  Element cells() {
    Element body = tag("tbody");
    for (SuiteResults.Cell cell : rows.suite().cells()) {
      body.appendChild(
          tag(
              "tr",
              rowHead(cell.label()),
              tag("td", cell.order()),
              number(Long.toString(cell.seed()), OptionalDouble.of((double) cell.seed())),
              score(cell.run()),
              outcome(cell.run())));
    }
    return table(List.of("row", "order", "seed", rows.title(rows.suite().metric()), "run"), body);
  }

  Element trials(SuiteResults.Search search) {
    Element body = tag("tbody");
    for (SuiteResults.Trial trial : search.trials()) {
      body.appendChild(
          tag(
              "tr",
              rowHead(trial.label()),
              number(Integer.toString(trial.number()), OptionalDouble.of(trial.number())),
              tag("td", values(trial.values())),
              score(trial.run()),
              tag("td", trial.chosen() ? "chosen" : ""),
              outcome(trial.run())));
    }
    return table(List.of("row", "trial", "values", "score on dev examples", "", "run"), body);
  }

  private static String values(Map<String, Object> values) {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private Element score(SuiteResults.Made run) {
    OptionalDouble score = run.metric(rows.suite().metric());
    return number(Numbers.or(score, Numbers::percent), score);
  }

  private static Element outcome(SuiteResults.Made run) {
    if (run.folder().isPresent()) {
      String folder = run.folder().get();
      return tag("td", tag("a", folder).attr("href", folder + "/report.html"));
    }
    return run.message()
        .map(message -> tag("td.failed", "failed: " + message))
        .orElseGet(() -> tag("td", "not run yet"));
  }

  private static Element table(List<String> titles, Element body) {
    Element head = tag("tr");
    titles.forEach(title -> head.appendChild(columnHead("th", title)));
    return Html.listed("Runs", tag("table.plain.sortable", tag("thead", head), body));
  }
}

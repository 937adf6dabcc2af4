package org.continuo.reports.suite;

import static org.continuo.reports.suite.Markup.ABSENT;
import static org.continuo.reports.suite.Markup.number;
import static org.continuo.reports.suite.Markup.percent;
import static org.continuo.reports.suite.Markup.tag;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalDouble;
import org.continuo.reports.suite.SuiteData.Cell;
import org.jsoup.nodes.Element;

/**
 * Every cell, and every trial of a search, with a link to its run or the reason why it has none.
 */
final class RunsSection {
  private final SuiteData data;

  RunsSection(SuiteData data) {
    this.data = data;
  }

  Element cells() {
    Element body = tag("tbody");
    for (Cell cell : data.cells()) {
      body.appendChild(
          tag(
              "tr",
              tag("th", cell.label()).attr("scope", "row"),
              tag("td", cell.order()),
              number(cell.seed(), SuiteData.number(cell.json().path("seed"))),
              score(cell.json()),
              outcome(cell.json())));
    }
    return table(List.of("row", "order", "seed", data.title(data.metric()), "run"), body);
  }

  Element trials() {
    Element body = tag("tbody");
    for (JsonNode trial : SuiteData.elements(data.json().at("/search/trials"))) {
      body.appendChild(
          tag(
              "tr",
              tag("th", trial.path("label").asText()).attr("scope", "row"),
              number(trial.path("number").asText(), SuiteData.number(trial.path("number"))),
              tag("td", values(trial.path("values"))),
              score(trial),
              tag("td", trial.path("chosen").asBoolean() ? "chosen" : ""),
              outcome(trial)));
    }
    return table(List.of("row", "trial", "values", "score on dev examples", "", "run"), body);
  }

  private static String values(JsonNode values) {
    return String.join(
        ", ",
        values.properties().stream()
            .map(entry -> entry.getKey() + " = " + entry.getValue().asText())
            .toList());
  }

  private Element score(JsonNode json) {
    OptionalDouble score = SuiteData.number(json.path("metrics").path(data.metric()));
    return number(score.isPresent() ? percent(score.getAsDouble()) : ABSENT, score);
  }

  private static Element outcome(JsonNode json) {
    String folder = json.path("folder").asText();
    return switch (json.path("status").asText()) {
      case "completed" -> tag("td", tag("a", folder).attr("href", folder + "/report.html"));
      case "failed" -> tag("td.failed", "failed: " + json.path("message").asText());
      default -> tag("td", "not run yet");
    };
  }

  private static Element table(List<String> titles, Element body) {
    Element head = tag("tr");
    titles.forEach(title -> head.appendChild(tag("th", title).attr("scope", "col")));
    return Markup.wide(tag("table.plain.sortable", tag("thead", head), body));
  }
}

package org.continuo.reports.suite;

import static org.continuo.reports.suite.Markup.fixed;
import static org.continuo.reports.suite.Markup.number;
import static org.continuo.reports.suite.Markup.pValue;
import static org.continuo.reports.suite.Markup.tag;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jsoup.nodes.Element;

/** Ranks, tests and wins under one setting of the further axes. */
final class ContestSection {
  private final SuiteData data;
  private final JsonNode comparison;
  private final JsonNode metric;
  private final List<String> strategies;
  private final Map<String, String> marks = new HashMap<>();

  ContestSection(SuiteData data, JsonNode comparison) {
    this.data = data;
    this.comparison = comparison;
    this.metric = comparison.path("metrics").path(data.metric());
    this.strategies =
        SuiteData.elements(comparison.path("strategies")).stream().map(JsonNode::asText).toList();
    data.rows().stream()
        .filter(row -> row.json().path("setting").equals(comparison.path("setting")))
        .forEach(row -> marks.put(row.strategy(), row.marks()));
  }

  private String marked(String strategy) {
    return strategy + marks.getOrDefault(strategy, "");
  }

  /** Empty where nothing can be compared. */
  List<Element> elements() {
    List<Element> parts = new ArrayList<>();
    JsonNode ranking = metric.path("ranking");
    if (ranking.isObject()) {
      parts.add(tag("p.note", friedman(ranking)));
      if (comparison.path("protocolsMixed").asBoolean()) {
        parts.add(
            tag(
                "p.note",
                "All strategies are in this diagram although they do not see the same, as their"
                    + " marks say; those that do are ranked among themselves below."));
      }
      parts.add(RankDiagram.of(ranking, this::marked));
    }
    if (comparison.path("protocolsMixed").asBoolean()) {
      for (JsonNode within : SuiteData.elements(metric.path("rankingsWithinProtocols"))) {
        if (within.path("ranks").size() > 1) {
          parts.add(tag("h3", "Among those with: " + within.path("protocol").asText()));
          parts.add(tag("p.note", friedman(within)));
          parts.add(RankDiagram.of(within, this::marked));
        }
      }
    }
    if (!metric.path("tests").isEmpty()) {
      parts.add(tag("h3", "Against " + data.json().path("reference").asText()));
      parts.add(tests());
    }
    if (strategies.size() > 1) {
      parts.add(tag("h3", "Wins"));
      parts.add(
          tag(
              "p.note",
              "On how many orders and seeds the row is better than the column; ties in brackets."));
      parts.add(wins());
    }
    return parts;
  }

  private static String friedman(JsonNode ranking) {
    String p = pValue(SuiteData.number(ranking.path("p")));
    return fixed(
            "Friedman: \u03c7\u00b2 = %.2f over %d orders and seeds, p ",
            ranking.path("friedman").asDouble(), ranking.path("blocks").asInt())
        + (p.startsWith("<") ? p.replace("<", "< ") : "= " + p)
        + ". Strategies under one bar are within Nemenyi's critical difference.";
  }

  private Element tests() {
    Element head = tag("tr");
    for (String title :
        List.of(
            "strategy",
            "pairs",
            "mean difference",
            "signed-rank p",
            "corrected",
            "t test p",
            "corrected",
            "protocol")) {
      head.appendChild(tag("th", title).attr("scope", "col"));
    }
    Element body = tag("tbody");
    for (JsonNode test : SuiteData.elements(metric.path("tests"))) {
      double difference = test.path("difference").asDouble();
      Element line =
          tag("tr", tag("th", marked(test.path("strategy").asText())).attr("scope", "row"));
      line.appendChild(number(test.path("pairs").asText(), SuiteData.number(test.path("pairs"))));
      line.appendChild(number(fixed("%+.1f", 100 * difference), OptionalDouble.of(difference)));
      for (String p : List.of("wilcoxon", "wilcoxonHolm", "student", "studentHolm")) {
        OptionalDouble value = SuiteData.number(test.path(p));
        line.appendChild(number(pValue(value), value));
      }
      line.appendChild(tag("td", test.path("sameProtocol").asBoolean() ? "the same" : "another"));
      body.appendChild(line);
    }
    return Markup.wide(tag("table.plain.sortable", tag("thead", head), body));
  }

  private Element wins() {
    Element head = tag("tr", tag("th", ""));
    strategies.forEach(name -> head.appendChild(tag("th", marked(name)).attr("scope", "col")));
    Element body = tag("tbody");
    JsonNode rows = metric.path("wins");
    for (int i = 0; i < strategies.size(); i++) {
      Element line = tag("tr", tag("th", marked(strategies.get(i))).attr("scope", "row"));
      for (int j = 0; j < strategies.size(); j++) {
        JsonNode each = rows.path(i).path(j);
        String ties = each.path("ties").asInt() > 0 ? " (" + each.path("ties").asInt() + ")" : "";
        line.appendChild(
            tag(
                "td.number",
                i == j ? "" : each.path("wins").asInt() + "/" + each.path("pairs").asInt() + ties));
      }
      body.appendChild(line);
    }
    return Markup.wide(tag("table.plain.narrow", tag("thead", head), body));
  }
}

package org.continuo.reports.html;

import static org.continuo.reports.html.Html.columnHead;
import static org.continuo.reports.html.Html.rowHead;
import static org.continuo.reports.html.Html.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.continuo.reports.run.Definition;
import org.continuo.reports.run.Results;
import org.jsoup.nodes.Element;

/** Every measure under its own name, with what it means. */
final class MetricsSection {
  private MetricsSection() {}

  static Optional<Element> of(Results results) {
    if (results.metrics().isEmpty()) {
      return Optional.empty();
    }
    List<Element> parts = new ArrayList<>();
    parts.add(
        tag(
            "p.lead",
            "Packages use one name for different formulas, so every variant stands here under a"
                + " name of its own. R[t][i] is the score on task i after training task t, both"
                + " from 0; T is the number of tasks, b[i] the score before any training, n[i] the"
                + " number of test examples."));
    parts.add(Html.wide("Metrics", table(results)));
    List<String> undefined =
        results.definitions().stream()
            .map(Definition::name)
            .filter(name -> !results.metrics().containsKey(name))
            .toList();
    if (!undefined.isEmpty()) {
      parts.add(tag("p.note", "Not defined for this run: " + String.join(", ", undefined) + "."));
    }
    return Optional.of(Html.section("metrics", "Metrics", parts));
  }

  private static Element table(Results results) {
    Element body = tag("tbody");
    results.metrics().forEach((name, value) -> body.appendChild(row(results, name, value)));
    return tag(
        "table.metrics",
        tag(
            "thead",
            tag(
                "tr",
                columnHead("th", "Metric"),
                columnHead("th.number", "Value"),
                columnHead("th", "Definition"),
                columnHead("th", "Source"))),
        body);
  }

  private static Element row(Results results, String name, double value) {
    Definition definition = results.definition(name);
    Element head = rowHead("");
    if (!definition.title().equals(name)) {
      head.appendChild(tag("span.title", definition.title()));
    }
    head.appendChild(tag("code", name));
    Element number = tag("td.number", Numbers.raw(value));
    definition.higherIsBetter().ifPresent(higher -> number.appendChild(direction(higher)));
    Element meaning = tag("td");
    definition.definition().ifPresent(text -> meaning.appendChild(tag("span", text + ".")));
    definition.formula().ifPresent(text -> meaning.appendChild(tag("code.formula", text)));
    return tag("tr", head, number, meaning, tag("td.source", definition.source().orElse("")));
  }

  private static Element direction(boolean higherIsBetter) {
    String meaning = higherIsBetter ? "higher is better" : "lower is better";
    return tag("span.direction", higherIsBetter ? "↑" : "↓")
        .attr("title", meaning)
        .attr("role", "img")
        .attr("aria-label", meaning);
  }
}

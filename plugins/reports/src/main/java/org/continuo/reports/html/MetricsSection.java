package org.continuo.reports.html;

import static org.continuo.reports.html.Html.columnHead;
import static org.continuo.reports.html.Html.rowHead;
import static org.continuo.reports.html.Html.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.continuo.api.result.MetricDefinition;
import org.continuo.results.RunResults;
import org.jsoup.nodes.Element;

/** Every measure under its own name, with what it means. */
final class MetricsSection {
  private MetricsSection() {}

  static Optional<Element> of(RunResults results) {
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
        results.metricDefinitions().stream()
            .map(MetricDefinition::name)
            .filter(name -> !results.metrics().containsKey(name))
            .toList();
    if (!undefined.isEmpty()) {
      parts.add(tag("p.note", "Not defined for this run: " + String.join(", ", undefined) + "."));
    }
    return Optional.of(Html.section("metrics", "Metrics", parts));
  }

  private static Element table(RunResults results) {
    Element body = tag("tbody");
    results.metricDefinitions().stream()
        .filter(metric -> results.metrics().containsKey(metric.name()))
        .forEach(metric -> body.appendChild(row(metric, results.metrics().get(metric.name()))));
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

  private static Element row(MetricDefinition metric, double value) {
    return tag(
        "tr",
        named(metric),
        tag("td.number", Html.text(Numbers.raw(value)), direction(metric.higherIsBetter())),
        meaning(metric),
        tag("td.source", metric.source()));
  }

  /** A metric by its title and its name. */
  static Element named(MetricDefinition metric) {
    return rowHead("")
        .appendChild(tag("span.title", metric.title()))
        .appendChild(tag("code", metric.name()));
  }

  /** What it says, in words and as a formula. */
  static Element meaning(MetricDefinition metric) {
    return tag("td", tag("span", metric.definition() + "."), tag("code.formula", metric.formula()));
  }

  private static Element direction(boolean higherIsBetter) {
    String meaning = higherIsBetter ? "higher is better" : "lower is better";
    return tag("span.direction", higherIsBetter ? "↑" : "↓")
        .attr("title", meaning)
        .attr("role", "img")
        .attr("aria-label", meaning);
  }
}

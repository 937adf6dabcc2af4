package org.continuo.reports.suite;

import static org.continuo.reports.html.Html.columnHead;
import static org.continuo.reports.html.Html.number;
import static org.continuo.reports.html.Html.rowHead;
import static org.continuo.reports.html.Html.tag;
import static org.continuo.reports.html.Numbers.fixed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.continuo.reports.html.Html;
import org.continuo.reports.html.Numbers;
import org.continuo.results.SuiteResults;
import org.continuo.results.SuiteResults.Encounter;
import org.continuo.results.SuiteResults.OfMetric;
import org.continuo.results.SuiteResults.Ranking;
import org.jsoup.nodes.Element;

/** Ranks, tests and wins under one setting of the further axes. */
final class ContestSection {
  private final SuiteResults suite;
  private final SuiteResults.Comparison comparison;
  private final Map<String, String> marks = new HashMap<>();

  ContestSection(SuiteResults suite, SuiteResults.Comparison comparison) {
    this.suite = suite;
    this.comparison = comparison;
    suite.rows().stream()
        .filter(row -> row.setting().equals(comparison.setting()))
        .forEach(row -> marks.put(row.strategy(), row.protocol().marks()));
  }

  private String marked(String strategy) {
    return strategy + marks.getOrDefault(strategy, "");
  }

  /** Empty where nothing can be compared. */
  List<Element> elements() {
    List<Element> parts = new ArrayList<>();
    if (!comparison.metrics().containsKey(suite.metric())) {
      return parts;
    }
    OfMetric metric = comparison.metrics().get(suite.metric());
    metric
        .ranking()
        .ifPresent(
            ranking -> {
              parts.add(tag("p.note", friedman(ranking)));
              if (comparison.protocolsMixed()) {
                parts.add(
                    tag(
                        "p.note",
                        "All strategies are in this diagram although they do not see the same, as"
                            + " their marks say; those that do are ranked among themselves below."));
              }
              parts.add(RankDiagram.of(ranking, this::marked));
            });
    if (comparison.protocolsMixed()) {
      for (SuiteResults.ProtocolRanking within : metric.rankingsWithinProtocols()) {
        if (within.ranking().ranks().size() > 1) {
          parts.add(tag("h3", "Among those with: " + within.protocol()));
          parts.add(tag("p.note", friedman(within.ranking())));
          parts.add(RankDiagram.of(within.ranking(), this::marked));
        }
      }
    }
    if (!metric.tests().isEmpty()) {
      parts.add(tag("h3", "Against " + suite.reference().orElseThrow()));
      parts.add(tests(metric.tests()));
    }
    if (comparison.strategies().size() > 1) {
      parts.add(tag("h3", "Wins"));
      parts.add(
          tag(
              "p.note",
              "On how many orders and seeds the row is better than the column; ties in brackets."));
      parts.add(wins(metric.wins()));
    }
    return parts;
  }

  private static String friedman(Ranking ranking) {
    String p = Numbers.pValue(ranking.p());
    return fixed(
            "Friedman: \u03c7\u00b2 = %.2f over %d orders and seeds, p ",
            ranking.friedman(), ranking.blocks())
        + (p.startsWith("<") ? p.replace("<", "< ") : "= " + p)
        + ". Strategies under one bar are within Nemenyi's critical difference.";
  }

  private Element tests(List<SuiteResults.Test> tests) {
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
      head.appendChild(columnHead("th", title));
    }
    Element body = tag("tbody");
    for (SuiteResults.Test test : tests) {
      body.appendChild(
          tag(
              "tr",
              rowHead(marked(test.strategy())),
              number(Integer.toString(test.pairs()), OptionalDouble.of(test.pairs())),
              number(fixed("%+.1f", 100 * test.difference()), OptionalDouble.of(test.difference())),
              p(test.wilcoxon()),
              p(test.wilcoxonHolm()),
              p(test.student()),
              p(test.studentHolm()),
              tag("td", test.sameProtocol() ? "the same" : "another")));
    }
    return Html.listed("Tests", tag("table.plain.sortable", tag("thead", head), body));
  }

  private static Element p(OptionalDouble p) {
    return number(Numbers.or(p, Numbers::pValue), p);
  }

  private Element wins(List<List<Encounter>> wins) {
    List<String> strategies = comparison.strategies();
    Element head = tag("tr", tag("th", ""));
    strategies.forEach(name -> head.appendChild(columnHead("th", marked(name))));
    Element body = tag("tbody");
    for (int i = 0; i < wins.size(); i++) {
      Element line = tag("tr", rowHead(marked(strategies.get(i))));
      for (int j = 0; j < strategies.size(); j++) {
        line.appendChild(i == j ? tag("td.self") : number(spoken(wins.get(i).get(j))));
      }
      body.appendChild(line);
    }
    return Html.listed("Wins", tag("table.plain.wins", tag("thead", head), body));
  }

  private static String spoken(Encounter met) {
    return met.wins() + "/" + met.pairs() + (met.ties() > 0 ? " (" + met.ties() + ")" : "");
  }
}

package org.continuo.reports.html;

import static org.continuo.reports.html.Html.columnHead;
import static org.continuo.reports.html.Html.number;
import static org.continuo.reports.html.Html.rowHead;
import static org.continuo.reports.html.Html.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.continuo.reports.run.Run;
import org.continuo.results.Cost;
import org.jsoup.nodes.Element;

/** What the scores were bought with. */
final class CostSection {
  private CostSection() {}

  static Element of(Run run) {
    Cost cost = run.results().cost();
    List<Element> facts = new ArrayList<>();
    if (!cost.trainableParameters().isEmpty()) {
      facts.add(trainable(cost));
    }
    facts.add(
        fact(
            "Stored parameters",
            Numbers.magnitude(cost.storedParameters()),
            Numbers.bytes(cost.storedBytes()) + " besides the backbone"));
    facts.add(fact("Backbone parameters", Numbers.magnitude(cost.backboneParameters()), ""));
    facts.add(fact("Peak memory", Numbers.bytes(cost.peakMemoryBytes()), ""));
    List<Element> parts = new ArrayList<>(List.of(tag("dl.tiles", facts), effort(cost)));
    if (run.events().cachedEvaluations() > 0) {
      parts.add(
          tag(
              "p.note",
              run.events().cachedEvaluations()
                  + " of "
                  + run.events().evaluations()
                  + " test evaluations reused an earlier result, because nothing the score depends"
                  + " on had changed."));
    }
    return Html.section("cost", "Cost", parts);
  }

  private static Element trainable(Cost cost) {
    List<Long> counts = cost.trainableParameters();
    long most = counts.stream().mapToLong(Long::longValue).max().orElseThrow();
    boolean same = counts.stream().allMatch(count -> count == most);
    String share =
        cost.backboneParameters() > 0
            ? ", "
                + Numbers.share(100.0 * most / cost.backboneParameters())
                + "\u00a0% of the backbone's"
            : "";
    return fact(
        "Trainable parameters",
        Numbers.magnitude(most),
        (same ? "for each task" : "at most, for one task") + share);
  }

  private static Element fact(String name, String value, String explanation) {
    Element fact = Html.fact(name, value);
    return explanation.isEmpty() ? fact : fact.appendChild(tag("dd.explanation", explanation));
  }

  private static Element effort(Cost cost) {
    Element head =
        tag(
            "tr",
            columnHead("th", ""),
            columnHead("th.number", "Tokens"),
            columnHead("th.number", "Time"),
            columnHead("th.number", "Tokens per second"));
    Cost.Tokens tokens = cost.tokens();
    Cost.Seconds seconds = cost.seconds();
    return Html.listed(
        "Tokens and time",
        tag(
            "table.plain.narrow",
            tag("thead", head),
            tag(
                "tbody",
                effortRow("Training", OptionalLong.of(tokens.train()), seconds.train()),
                effortRow("Evaluation", OptionalLong.of(tokens.evaluation()), seconds.evaluation()),
                effortRow("Whole run", OptionalLong.empty(), seconds.total()))));
  }

  private static Element effortRow(String name, OptionalLong tokens, double seconds) {
    return tag(
        "tr",
        rowHead(name),
        number(Numbers.or(tokens, Numbers::magnitude)),
        number(Numbers.duration(seconds)),
        number(
            tokens.isPresent() && seconds > 0
                ? Numbers.count(Math.round(tokens.getAsLong() / seconds))
                : Numbers.ABSENT));
  }
}

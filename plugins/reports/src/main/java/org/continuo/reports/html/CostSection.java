package org.continuo.reports.html;

import static org.continuo.reports.html.Html.columnHead;
import static org.continuo.reports.html.Html.number;
import static org.continuo.reports.html.Html.rowHead;
import static org.continuo.reports.html.Html.tag;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.continuo.reports.run.Cost;
import org.continuo.reports.run.Run;
import org.jsoup.nodes.Element;

/** What the scores were bought with. */
final class CostSection {
  private CostSection() {}

  static Optional<Element> of(Run run) {
    Cost cost = run.results().cost();
    List<Element> facts = new ArrayList<>();
    trainable(run).ifPresent(facts::add);
    cost.storedParameters()
        .ifPresent(
            count ->
                facts.add(
                    fact(
                        "Stored parameters",
                        Numbers.magnitude(count),
                        cost.storedBytes().isPresent()
                            ? Numbers.bytes(cost.storedBytes().getAsLong())
                                + " besides the backbone"
                            : "besides the backbone")));
    cost.backboneParameters()
        .ifPresent(count -> facts.add(fact("Backbone parameters", Numbers.magnitude(count), "")));
    cost.peakMemoryBytes()
        .ifPresent(bytes -> facts.add(fact("Peak memory", Numbers.bytes(bytes), "")));
    Optional<Element> effort = effort(run);
    if (facts.isEmpty() && effort.isEmpty()) {
      return Optional.empty();
    }
    List<Element> parts = new ArrayList<>();
    if (!facts.isEmpty()) {
      parts.add(tag("dl.tiles", facts));
    }
    effort.ifPresent(parts::add);
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
    return Optional.of(Html.section("cost", "Cost", parts));
  }

  private static Optional<Element> trainable(Run run) {
    List<OptionalLong> perTask = run.results().cost().trainableParameters();
    long[] counts = perTask.stream().flatMapToLong(OptionalLong::stream).toArray();
    if (counts.length == 0) {
      return Optional.empty();
    }
    long most = Arrays.stream(counts).max().orElseThrow();
    boolean same = Arrays.stream(counts).allMatch(count -> count == most);
    OptionalLong backbone = run.results().cost().backboneParameters();
    String share =
        backbone.isPresent() && backbone.getAsLong() > 0
            ? ", "
                + Numbers.share(100.0 * most / backbone.getAsLong())
                + "\u00a0% of the backbone's"
            : "";
    return Optional.of(
        fact(
            "Trainable parameters",
            Numbers.magnitude(most),
            (same ? "for each task" : "at most, for one task") + share));
  }

  private static Element fact(String name, String value, String explanation) {
    Element fact = tag("div", tag("dt", name), tag("dd", value));
    return explanation.isEmpty() ? fact : fact.appendChild(tag("dd.explanation", explanation));
  }

  private static Optional<Element> effort(Run run) {
    Cost cost = run.results().cost();
    boolean tokens = cost.trainTokens().isPresent() || cost.evaluationTokens().isPresent();
    boolean seconds = cost.trainSeconds().isPresent() || cost.evaluationSeconds().isPresent();
    if (!tokens && !seconds) {
      return Optional.empty();
    }
    Element head =
        tag(
            "tr",
            columnHead("th", ""),
            columnHead("th.number", "Tokens"),
            columnHead("th.number", "Time"),
            columnHead("th.number", "Tokens per second"));
    return Optional.of(
        Html.wide(
            "Tokens and time",
            tag(
                "table.plain.narrow",
                tag("thead", head),
                tag(
                    "tbody",
                    effortRow("Training", cost.trainTokens(), cost.trainSeconds()),
                    effortRow("Evaluation", cost.evaluationTokens(), cost.evaluationSeconds()),
                    effortRow("Whole run", OptionalLong.empty(), cost.totalSeconds())))));
  }

  private static Element effortRow(String name, OptionalLong tokens, OptionalDouble seconds) {
    boolean rate = tokens.isPresent() && seconds.isPresent() && seconds.getAsDouble() > 0;
    return tag(
        "tr",
        rowHead(name),
        number(Numbers.or(tokens, Numbers::magnitude)),
        number(Numbers.or(seconds, Numbers::duration)),
        number(
            rate
                ? Numbers.count(Math.round(tokens.getAsLong() / seconds.getAsDouble()))
                : Numbers.ABSENT));
  }
}

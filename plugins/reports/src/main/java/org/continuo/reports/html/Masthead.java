package org.continuo.reports.html;

import static org.continuo.reports.html.Html.tag;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.continuo.reports.run.Definition;
import org.continuo.reports.run.Results;
import org.continuo.reports.run.Run;
import org.jsoup.nodes.Element;

/** What run this is, how it ended, and the few numbers to look at first. */
final class Masthead {
  /** A metric of the first row, and how it is written. */
  private record Headline(String metric, DoubleFunction<String> format, String unit) {}

  private static final List<Headline> HEADLINES =
      List.of(
          new Headline("acc.final", Numbers::percent, "%"),
          new Headline("bwt.gem", Numbers::points, "points"),
          new Headline("la", Numbers::percent, "%"),
          new Headline("forgetting.chaudhry", Numbers::percent, "points"));

  private Masthead() {}

  static String title(Results results) {
    return results.name().or(results::strategy).orElse("Run");
  }

  static Element header(Run run) {
    Results results = run.results();
    Element header =
        tag(
            "header",
            tag(
                "p.eyebrow",
                tag("span", "Continuo run report"),
                tag("span.status." + statusClass(results.status()), results.status())),
            tag("h1", title(results)),
            facts(run));
    banner(results).ifPresent(header::appendChild);
    headlines(results).ifPresent(header::appendChild);
    return header;
  }

  private static String statusClass(String status) {
    return switch (status) {
      case Results.COMPLETED -> "good";
      case Results.FAILED -> "bad";
      default -> "partial";
    };
  }

  private static Element facts(Run run) {
    Results results = run.results();
    Element facts = tag("dl.facts");
    results.strategy().ifPresent(type -> fact(facts, "Strategy", type));
    fact(facts, "Tasks", Integer.toString(results.tasks().size()));
    results.seed().ifPresent(seed -> fact(facts, "Seed", Long.toString(seed)));
    results.started().ifPresent(start -> fact(facts, "Started", Numbers.time(start)));
    seconds(results).ifPresent(taken -> fact(facts, "Duration", Numbers.duration(taken)));
    if (run.events().starts() > 1) {
      int resumes = run.events().starts() - 1;
      fact(facts, "Resumed", resumes == 1 ? "once" : resumes + " times");
    }
    return facts;
  }

  private static void fact(Element facts, String name, String value) {
    facts.appendChild(tag("div", tag("dt", name), tag("dd", value)));
  }

  private static OptionalDouble seconds(Results results) {
    OptionalDouble total = results.cost().totalSeconds();
    if (total.isPresent() || results.started().isEmpty() || results.finished().isEmpty()) {
      return total;
    }
    Instant start = results.started().orElseThrow();
    return OptionalDouble.of(
        Duration.between(start, results.finished().orElseThrow()).toMillis() / 1e3);
  }

  private static Optional<Element> banner(Results results) {
    if (results.completed()) {
      return Optional.empty();
    }
    boolean failed = results.status().equals(Results.FAILED);
    String progress =
        results.scores().stages() + " of " + results.tasks().size() + " tasks were finished.";
    List<Element> lines = new ArrayList<>();
    lines.add(
        tag(
            "p",
            tag("strong", failed ? "This run failed. " : "This run is not complete. "),
            Html.text(
                progress
                    + " Metrics that need every task are left out; what follows is partial.")));
    results.failure().ifPresent(message -> lines.add(tag("pre", message)));
    return Optional.of(
        tag("div.banner." + statusClass(results.status()), lines).attr("role", "status"));
  }

  private static Optional<Element> headlines(Results results) {
    List<Element> cards =
        HEADLINES.stream().flatMap(headline -> card(headline, results).stream()).toList();
    return cards.isEmpty() ? Optional.empty() : Optional.of(tag("div.headlines", cards));
  }

  private static Optional<Element> card(Headline headline, Results results) {
    return results.metric(headline.metric()).stream()
        .mapToObj(
            value -> {
              Definition definition = results.definition(headline.metric());
              return tag("div.headline")
                  .appendChild(tag("p.label", definition.title()))
                  .appendChild(
                      tag(
                          "p.value",
                          Html.text(headline.format().apply(value)),
                          tag("span.unit", headline.unit())))
                  .appendChildren(
                      Stream.of(definition.definition().orElse(""))
                          .filter(text -> !text.isEmpty())
                          .map(text -> tag("p.explanation", text + "."))
                          .toList());
            })
        .findFirst();
  }
}

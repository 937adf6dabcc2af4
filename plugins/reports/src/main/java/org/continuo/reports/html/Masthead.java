package org.continuo.reports.html;

import static org.continuo.reports.html.Html.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.continuo.reports.run.Run;
import org.continuo.results.RunResults;
import org.continuo.results.RunStatus;
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

  static Element header(Run run) {
    RunResults results = run.results();
    Element header =
        tag(
            "header",
            tag(
                "p.eyebrow",
                tag("span", "Continuo run report"),
                tag("span.status." + statusClass(results.status()), results.status().toString())),
            tag("h1", results.name()),
            facts(run));
    banner(results).ifPresent(header::appendChild);
    headlines(results).ifPresent(header::appendChild);
    return header;
  }

  private static String statusClass(RunStatus status) {
    return switch (status) {
      case COMPLETED -> "good";
      case FAILED -> "bad";
      case INTERRUPTED -> "partial";
    };
  }

  private static Element facts(Run run) {
    RunResults results = run.results();
    Element facts =
        tag(
            "dl.facts",
            Html.fact("Strategy", results.strategy()),
            Html.fact("Tasks", Integer.toString(results.tasks().size())),
            Html.fact("Seed", Long.toString(results.seed())),
            Html.fact("Started", Numbers.time(results.provenance().started())),
            Html.fact("Duration", Numbers.duration(results.cost().seconds().total())));
    int resumes = run.events().starts() - 1;
    if (resumes > 0) {
      facts.appendChild(Html.fact("Resumed", resumes == 1 ? "once" : resumes + " times"));
    }
    return facts;
  }

  private static Optional<Element> banner(RunResults results) {
    if (results.completed()) {
      return Optional.empty();
    }
    boolean failed = results.status() == RunStatus.FAILED;
    String progress = results.stages() + " of " + results.tasks().size() + " tasks were finished.";
    List<Element> lines = new ArrayList<>();
    lines.add(
        tag(
            "p",
            tag("strong", failed ? "This run failed. " : "This run is not complete. "),
            Html.text(
                progress
                    + " Metrics that need every task are left out; what follows is partial.")));
    results.failure().ifPresent(failure -> lines.add(tag("pre", failure.message())));
    return Optional.of(
        tag("div.banner." + statusClass(results.status()), lines).attr("role", "status"));
  }

  private static Optional<Element> headlines(RunResults results) {
    List<Element> cards =
        HEADLINES.stream().flatMap(headline -> card(headline, results).stream()).toList();
    return cards.isEmpty() ? Optional.empty() : Optional.of(tag("div.headlines", cards));
  }

  private static Optional<Element> card(Headline headline, RunResults results) {
    return results.metricDefinitions().stream()
        .filter(metric -> metric.name().equals(headline.metric()))
        .filter(metric -> results.metrics().containsKey(metric.name()))
        .map(
            metric ->
                tag(
                    "div.headline",
                    tag("p.label", metric.title()),
                    tag(
                        "p.value",
                        Html.text(headline.format().apply(results.metrics().get(metric.name()))),
                        tag("span.unit", headline.unit())),
                    tag("p.explanation", metric.definition() + ".")))
        .findFirst();
  }
}

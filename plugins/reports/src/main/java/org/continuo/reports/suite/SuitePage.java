package org.continuo.reports.suite;

import static org.continuo.reports.html.Html.fact;
import static org.continuo.reports.html.Html.section;
import static org.continuo.reports.html.Html.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.continuo.reports.html.Charts;
import org.continuo.reports.html.Page;
import org.continuo.results.SuiteResults;
import org.continuo.results.SuiteResults.Row;
import org.jsoup.nodes.Element;

/** The report of a suite. */
public final class SuitePage {
  private final SuiteResults suite;
  private final Rows rows;
  private final Charts charts = new Charts();

  private SuitePage(SuiteResults suite) {
    this.suite = suite;
    this.rows = new Rows(suite);
  }

  public static Page of(SuiteResults suite) {
    SuitePage page = new SuitePage(suite);
    return new Page(
        suite.name(),
        page.header(),
        page.sections(),
        page.charts,
        "Made by Continuo from suite.json of the suite's folder.");
  }

  private Element header() {
    int planned = suite.rows().stream().mapToInt(row -> row.runs().planned()).sum();
    int completed = suite.rows().stream().mapToInt(row -> row.runs().completed()).sum();
    int failed = suite.rows().stream().mapToInt(row -> row.runs().failed()).sum();
    String kind =
        switch (suite.status()) {
          case COMPLETED -> "good";
          case FAILED -> "bad";
          case INCOMPLETE -> "partial";
        };
    String runs =
        completed + " of " + planned + " runs" + (failed > 0 ? ", " + failed + " failed" : "");
    return tag(
        "header",
        tag(
            "p.eyebrow",
            tag("span", "Continuo comparison of strategies"),
            tag("span.status." + kind, suite.status().toString())),
        tag("h1", suite.name()),
        tag(
            "dl.facts",
            fact("Strategies", String.valueOf(suite.strategies().size())),
            fact("Orders", String.valueOf(suite.orders().size())),
            fact("Seeds", String.valueOf(suite.seeds().size())),
            fact("Runs", runs),
            fact("Score", suite.score().orElse("score")),
            fact("Sorted by", rows.title(suite.metric()))));
  }

  private List<Element> sections() {
    List<Element> sections = new ArrayList<>();
    RowsTable table = new RowsTable(rows);
    String cells =
        rows.single()
            ? "Percent, of one run each."
            : "Percent: mean \u00b1 standard deviation over orders and seeds, below it the bootstrap"
                + " interval of the mean.";
    sections.add(
        section(
            "table",
            "Comparison",
            cells
                + " Strategies that see the same stand together; a click on a heading sorts within"
                + " these groups.",
            List.of(table.element(), table.legend())));
    SuiteCharts drawn = new SuiteCharts(rows, charts);
    each("stream", "Over the stream", STREAM, drawn::stream).ifPresent(sections::add);
    List<Element> matrices = new Matrices(rows).elements();
    if (!matrices.isEmpty()) {
      sections.add(section("matrices", "Accuracy matrices", MATRICES, matrices));
    }
    each("cost", "Score and cost", COST, drawn::cost).ifPresent(sections::add);
    List<Element> contests = contests();
    if (!contests.isEmpty()) {
      sections.add(section("ranks", "Ranks and tests", RANKS, contests));
    }
    RunsSection runs = new RunsSection(rows);
    suite
        .search()
        .ifPresent(
            search ->
                sections.add(
                    section(
                        "search",
                        "Search",
                        "Every strategy had the same number of trials, judged by dev examples only: "
                            + search.trialsPerRow()
                            + ".",
                        List.of(runs.trials(search)))));
    sections.add(
        section("runs", "Runs", "One line per cell of the comparison.", List.of(runs.cells())));
    return sections;
  }

  private static final String STREAM =
      "Mean score over the tasks met so far, in percent, after each task; the band is the bootstrap"
          + " interval over orders and seeds.";
  private static final String MATRICES =
      "Rows are stages, columns tasks in the same order: percent after the task of the row was"
          + " trained, the mean over seeds. Hatched: not trained yet.";
  private static final String COST =
      "Up and to the left is better; the line joins the strategies that no other beats in both.";
  private static final String RANKS =
      "Average ranks over orders and seeds, 1 is best, and tests on the same orders and seeds.";

  /** A section with one part per setting of the further axes. */
  private Optional<Element> each(
      String id, String title, String lead, Function<List<Row>, List<Element>> part) {
    List<Element> parts = new ArrayList<>();
    rows.bySetting().forEach((setting, group) -> addUnder(setting, part.apply(group), parts));
    return parts.isEmpty() ? Optional.empty() : Optional.of(section(id, title, lead, parts));
  }

  private List<Element> contests() {
    List<Element> all = new ArrayList<>();
    if (!rows.single()) {
      for (SuiteResults.Comparison comparison : suite.comparisons()) {
        addUnder(comparison.settingLabel(), new ContestSection(suite, comparison).elements(), all);
      }
    }
    return all;
  }

  private static void addUnder(String setting, List<Element> parts, List<Element> into) {
    if (!parts.isEmpty() && !setting.isEmpty()) {
      into.add(tag("h3", setting));
    }
    into.addAll(parts);
  }
}

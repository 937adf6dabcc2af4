package org.continuo.reports.suite;

import static org.continuo.reports.suite.Markup.section;
import static org.continuo.reports.suite.Markup.tag;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.continuo.reports.suite.SuiteData.Row;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.DocumentType;
import org.jsoup.nodes.Element;

/** Puts sections, style and script into one file. */
final class OverviewPage {
  private final SuiteData data;

  private OverviewPage(SuiteData data) {
    this.data = data;
  }

  static String of(SuiteData data) {
    return new OverviewPage(data).html();
  }

  private String html() {
    String script = resource("overview.js");
    List<Element> sections = sections();
    Document document = new Document("");
    document.outputSettings().prettyPrint(false).charset(StandardCharsets.UTF_8);
    document.appendChild(new DocumentType("html", "", ""));
    document.appendChild(
        tag(
                "html",
                head(script),
                tag(
                    "body",
                    tag("main", masthead(), navigation(sections), tag("div", sections), footer()),
                    tag("script", new DataNode(script))))
            .attr("lang", "en"));
    return document.outerHtml() + "\n";
  }

  private Element head(String script) {
    // nothing may be loaded and no other script may run, whatever a name in the results holds
    String policy =
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src " + hash(script);
    String style = resource("/org/continuo/reports/html/report.css") + resource("overview.css");
    return tag(
        "head",
        tag("meta").attr("charset", "utf-8"),
        tag("meta").attr("http-equiv", "Content-Security-Policy").attr("content", policy),
        tag("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1"),
        tag("meta").attr("name", "color-scheme").attr("content", "light dark"),
        tag("title", data.name() + " \u00b7 Continuo"),
        tag("style", new DataNode(style)));
  }

  private Element masthead() {
    List<Row> rows = data.rows();
    int planned = rows.stream().mapToInt(Row::planned).sum();
    int completed = rows.stream().mapToInt(Row::completed).sum();
    int failed = rows.stream().mapToInt(Row::failed).sum();
    String kind =
        switch (data.status()) {
          case "completed" -> "good";
          case "failed" -> "bad";
          default -> "partial";
        };
    String runs =
        completed + " of " + planned + " runs" + (failed > 0 ? ", " + failed + " failed" : "");
    return tag(
        "header",
        tag(
            "div.eyebrow",
            tag("span.status." + kind, data.status()),
            tag("span", "comparison of strategies")),
        tag("h1", data.name()),
        tag(
            "dl.facts",
            fact("Strategies", String.valueOf(data.json().path("strategies").size())),
            fact("Orders", String.valueOf(data.json().path("orders").size())),
            fact("Seeds", String.valueOf(data.json().path("seeds").size())),
            fact("Runs", runs),
            fact("Score", data.score()),
            fact("Sorted by", data.title(data.metric()))));
  }

  private static Element fact(String name, String value) {
    return tag("div", tag("dt", name), tag("dd", value));
  }

  private static Element navigation(List<Element> sections) {
    return tag(
            "nav",
            sections.stream()
                .map(each -> tag("a", each.expectFirst("h2").text()).attr("href", "#" + each.id()))
                .toList())
        .attr("aria-label", "Sections");
  }

  private List<Element> sections() {
    List<Element> sections = new ArrayList<>();
    sections.add(
        section(
            "table",
            "Comparison",
            "Percent: mean \u00b1 standard deviation over orders and seeds, below it the bootstrap"
                + " interval of the mean. Strategies that see the same stand together; a click on a"
                + " heading sorts within these groups.",
            List.of(new RowsTable(data).element(), RowsTable.legend(data.bySetting()))));
    each("stream", "Over the stream", STREAM, rows -> StreamChart.of(rows))
        .ifPresent(sections::add);
    List<Element> matrices = new Matrices(data).elements();
    if (!matrices.isEmpty()) {
      sections.add(
          section(
              "matrices",
              "Accuracy matrices",
              "Rows are stages, columns tasks in the same order: percent after the task of the row"
                  + " was trained, the mean over seeds. Hatched: not trained yet.",
              matrices));
    }
    each("cost", "Score and cost", COST, this::pareto).ifPresent(sections::add);
    List<Element> contests = contests();
    if (!contests.isEmpty()) {
      sections.add(section("ranks", "Ranks and tests", RANKS, contests));
    }
    RunsSection runs = new RunsSection(data);
    if (data.json().has("search")) {
      String lead =
          "Every strategy had the same number of trials, judged by dev examples only: "
              + data.json().at("/search/trialsPerRow").asInt()
              + ".";
      sections.add(section("search", "Search", lead, List.of(runs.trials())));
    }
    sections.add(
        section("runs", "Runs", "One line per cell of the comparison.", List.of(runs.cells())));
    return sections;
  }

  private static final String STREAM =
      "Mean score over the tasks met so far, in percent, after each task; the band is the bootstrap"
          + " interval over orders and seeds.";
  private static final String COST =
      "Up and to the left is better; the line joins the strategies that no other beats in both.";
  private static final String RANKS =
      "Average ranks over orders and seeds, 1 is best, and tests on the same orders and seeds.";

  private interface Part {
    List<Element> of(List<Row> rows);
  }

  /** A section with one part per setting of the further axes. */
  private Optional<Element> each(String id, String title, String lead, Part part) {
    List<Element> parts = new ArrayList<>();
    data.bySetting()
        .forEach(
            (setting, rows) -> {
              List<Element> drawn = part.of(rows);
              if (!drawn.isEmpty() && !setting.isEmpty()) {
                parts.add(tag("h3", setting));
              }
              parts.addAll(drawn);
            });
    return parts.isEmpty() ? Optional.empty() : Optional.of(section(id, title, lead, parts));
  }

  private List<Element> pareto(List<Row> rows) {
    List<Element> charts = new ArrayList<>();
    charts.addAll(
        ParetoChart.of(data, rows, "stored parameters", "cost", "storedParameters", Markup::count));
    charts.addAll(
        ParetoChart.of(data, rows, "time of a run", "times", "totalSeconds", Markup::seconds));
    return charts.isEmpty() ? List.of() : List.of(tag("div.pair", charts));
  }

  private List<Element> contests() {
    List<Element> all = new ArrayList<>();
    for (JsonNode comparison : data.comparisons()) {
      List<Element> parts = new ContestSection(data, comparison).elements();
      String setting =
          String.join(
              ", ",
              comparison.path("setting").properties().stream()
                  .map(entry -> entry.getKey() + " = " + entry.getValue().asText())
                  .toList());
      if (!parts.isEmpty() && !setting.isEmpty()) {
        all.add(tag("h3", setting));
      }
      all.addAll(parts);
    }
    return all;
  }

  private static Element footer() {
    return tag("footer", tag("p", "Made by Continuo from suite.json of the suite's folder."));
  }

  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  private static String resource(String name) {
    try (InputStream in =
        Optional.ofNullable(OverviewPage.class.getResourceAsStream(name))
            .orElseThrow(() -> new IllegalStateException(name + " is not in this module"))) {
      // browsers turn CR LF into LF before they compare hashes
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}

package org.continuo.reports.html;

import static org.continuo.reports.html.Html.tag;

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
import org.continuo.reports.run.Comparison;
import org.continuo.reports.run.Run;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.DocumentType;
import org.jsoup.nodes.Element;

/** Puts the sections, the style, the charts and the chart library into one file. */
public final class Page {
  private static final String ECHARTS = "/org/continuo/reports/echarts/";

  private Page() {}

  /** The report of a run as HTML. */
  public static String of(Run run) {
    Charts charts = new Charts();
    List<Element> sections = new ArrayList<>();
    MatrixSection.of(run.results(), charts).ifPresent(sections::add);
    TrainingSection.of(run, charts).ifPresent(sections::add);
    TestMetricsSection.of(run.results(), charts).ifPresent(sections::add);
    MetricsSection.of(run.results()).ifPresent(sections::add);
    CostSection.of(run).ifPresent(sections::add);
    ProtocolSection.of(run.results()).ifPresent(sections::add);
    DiagnosticsSection.of(run.events(), charts).ifPresent(sections::add);
    WarningsSection.of(run).ifPresent(sections::add);
    ProvenanceSection.of(run.results()).ifPresent(sections::add);
    return print(
        Masthead.title(run.results()),
        Masthead.header(run),
        sections,
        charts,
        "Made by Continuo from results.json and events.jsonl of the run's folder.");
  }

  /** The comparison of two runs as HTML. */
  public static String of(Comparison comparison) {
    Charts charts = new Charts();
    ComparisonSections page = new ComparisonSections(comparison, charts);
    return print(
        page.title(),
        page.header(),
        page.sections(),
        charts,
        "Made by Continuo from comparison.json, which holds the same numbers.");
  }

  private static String print(
      String title, Element header, List<Element> sections, Charts charts, String origin) {
    String script = resource("report.js");
    String library = resource(ECHARTS + "echarts.common.min.js");
    Document document = new Document("");
    document.outputSettings().prettyPrint(false).charset(StandardCharsets.UTF_8);
    document.appendChild(new DocumentType("html", "", ""));
    document.appendChild(
        tag(
                "html",
                head(title, List.of(library, script)),
                tag(
                    "body",
                    tag("main", header, navigation(sections), tag("div", sections), footer(origin)),
                    code(charts.json()).attr("id", "chart-data").attr("type", "application/json"),
                    code(library),
                    code(script)))
            .attr("lang", "en"));
    return document.outerHtml() + "\n";
  }

  private static Element head(String title, List<String> scripts) {
    // nothing may be loaded and no other script may run, whatever a name in the results holds
    String policy =
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src "
            + String.join(" ", scripts.stream().map(Page::hash).toList());
    return tag(
        "head",
        tag("meta").attr("charset", "utf-8"),
        tag("meta").attr("http-equiv", "Content-Security-Policy").attr("content", policy),
        tag("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1"),
        tag("meta").attr("name", "color-scheme").attr("content", "light dark"),
        tag("title", title + " \u00b7 Continuo"),
        tag("style", new DataNode(resource("report.css"))));
  }

  private static Element navigation(List<Element> sections) {
    return tag(
            "nav",
            sections.stream()
                .map(
                    section ->
                        tag("a", section.expectFirst("h2").text()).attr("href", "#" + section.id()))
                .toList())
        .attr("aria-label", "Sections");
  }

  private static Element footer(String origin) {
    return tag(
        "footer",
        tag("p", origin),
        tag(
            "details",
            tag("summary", "Third-party notices"),
            tag(
                "p",
                "Charts are drawn by Apache ECharts, which this file contains, licensed under the"
                    + " Apache License, Version 2.0."),
            tag("pre", resource(ECHARTS + "NOTICE")),
            tag("p", "Apache ECharts contains parts of d3.js:"),
            tag("pre", resource(ECHARTS + "LICENSE-d3"))));
  }

  private static Element code(String text) {
    return tag("script", new DataNode(text));
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
        Optional.ofNullable(Page.class.getResourceAsStream(name))
            .orElseThrow(() -> new IllegalStateException(name + " is not in this module"))) {
      // browsers turn CR LF into LF before they compare hashes
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}

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
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.DocumentType;
import org.jsoup.nodes.Element;

/**
 * One file that needs no network: sections, style, charts and the chart library.
 *
 * @param header stands above the sections
 * @param origin which files it was made from, for the foot
 */
public record Page(
    String title, Element header, List<Element> sections, Charts charts, String origin) {
  private static final String ECHARTS = "/org/continuo/reports/echarts/";

  public String html() {
    List<String> scripts = new ArrayList<>();
    if (!charts.isEmpty()) {
      scripts.add(resource(ECHARTS + "echarts.common.min.js"));
      scripts.add(resource("charts.js"));
    }
    scripts.add(resource("tables.js"));
    Element body =
        tag(
            "body",
            tag("main", header, navigation(sections), tag("div", sections), footer()),
            code(charts.json()).attr("id", "chart-data").attr("type", "application/json"));
    scripts.forEach(script -> body.appendChild(code(script)));
    Document document = new Document("");
    document.outputSettings().prettyPrint(false).charset(StandardCharsets.UTF_8);
    document.appendChild(new DocumentType("html", "", ""));
    document.appendChild(tag("html", head(scripts), body).attr("lang", "en"));
    return document.outerHtml() + "\n";
  }

  private Element head(List<String> scripts) {
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

  private Element footer() {
    Element footer = tag("footer", tag("p", origin));
    return charts.isEmpty() ? footer : footer.appendChild(notices());
  }

  private static Element notices() {
    return tag(
        "details",
        tag("summary", "Third-party notices"),
        tag(
            "p",
            "Charts are drawn by Apache ECharts, which this file contains, licensed under the"
                + " Apache License, Version 2.0."),
        tag("pre", resource(ECHARTS + "NOTICE")),
        tag("p", "Apache ECharts contains parts of d3.js:"),
        tag("pre", resource(ECHARTS + "LICENSE-d3")));
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

package org.continuo.reports.html;

import static org.continuo.reports.html.Html.columnHead;
import static org.continuo.reports.html.Html.number;
import static org.continuo.reports.html.Html.rowHead;
import static org.continuo.reports.html.Html.tag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.result.Metric;
import org.continuo.api.result.MetricDefinition;
import org.continuo.results.ComparisonResults;
import org.continuo.results.ComparisonResults.Row;
import org.continuo.results.ComparisonResults.Side;
import org.continuo.results.TestMetric;
import org.jsoup.nodes.Element;

/** Two runs side by side: what B gains over A, how sure that is, and what stands behind it. */
public final class ComparisonPage {
  private static final int HEADLINES = 4;
  private static final String MEAN = "mean of tasks";
  private final ComparisonResults comparison;
  private final Charts charts = new Charts();

  private ComparisonPage(ComparisonResults comparison) {
    this.comparison = comparison;
  }

  public static Page of(ComparisonResults comparison) {
    ComparisonPage page = new ComparisonPage(comparison);
    return new Page(
        page.title(),
        page.header(),
        page.sections(),
        page.charts,
        "Made by Continuo from comparison.json, which holds the same numbers.");
  }

  private String title() {
    Side a = comparison.a();
    Side b = comparison.b();
    return a.strategy().equals(b.strategy())
        ? b.name() + " against " + a.name()
        : b.strategy() + " against " + a.strategy();
  }

  private Element header() {
    Element header =
        tag(
            "header",
            tag("p.eyebrow", tag("span", "Continuo comparison of two runs")),
            tag("h1", title()),
            tag(
                "dl.facts",
                side("A", comparison.a()),
                side("B", comparison.b()),
                Html.fact(
                    "Test examples",
                    Numbers.count(
                        comparison.examples().stream().mapToLong(Integer::longValue).sum()))));
    List<Element> cards =
        comparison.rows().stream()
            .filter(Row::isTotal)
            .filter(row -> row.task().isEmpty() || comparison.tasks().size() == 1)
            .limit(HEADLINES)
            .map(this::card)
            .toList();
    return cards.isEmpty() ? header : header.appendChild(tag("div.headlines", cards));
  }

  private static Element side(String letter, Side side) {
    return Html.fact(letter, side.strategy() + ", seed " + side.seed())
        .attr("title", side.name() + ": " + side.folder());
  }

  private Element card(Row row) {
    return tag(
        "div.headline",
        tag("p.label", heading(row)),
        tag("p.value", Html.text(Numbers.points(row.difference())), tag("span.unit", "points")),
        tag(
            "p.explanation",
            "from "
                + Numbers.percent(row.a())
                + " % to "
                + Numbers.percent(row.b())
                + " %"
                + (row.interval().isPresent() ? "; " + level() + " interval " + interval(row) : "")
                + "."));
  }

  private String heading(Row row) {
    String text = definition(row.measure()).map(MetricDefinition::title).orElse(row.measure());
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private Optional<MetricDefinition> definition(String measure) {
    return comparison.metricDefinitions().stream()
        .filter(each -> each.name().equals(measure))
        .findFirst();
  }

  private String level() {
    return Math.round(100 * comparison.bootstrap().level()) + " %";
  }

  private static String interval(Row row) {
    return row.interval()
        .map(ends -> Numbers.points(ends.low()) + " to " + Numbers.points(ends.high()))
        .orElse(Numbers.ABSENT);
  }

  /** The measure, and of which part of it the value is. */
  private static String quantity(Row row) {
    return row.isTotal() ? row.measure() : row.measure() + " " + TestMetric.spoken(row.value());
  }

  private List<Element> sections() {
    List<Element> sections = new ArrayList<>();
    sections.add(differences());
    curves().ifPresent(sections::add);
    notes().ifPresent(sections::add);
    definitions().ifPresent(sections::add);
    sections.add(origin());
    return sections;
  }

  private Element differences() {
    List<Element> parts = new ArrayList<>();
    parts.add(
        tag(
            "p.lead",
            "Both runs answered the same test examples after their last task. Points are percentage"
                + " points, B less A. Intervals come from "
                + Numbers.count(comparison.bootstrap().resamples())
                + " resamples of the examples within each task, the same for both runs; thresholds"
                + " are chosen anew in each. In bold: differences whose interval leaves out 0."));
    List<Row> drawn = comparison.rows().stream().filter(Row::isTotal).toList();
    if (!drawn.isEmpty()) {
      parts.add(
          charts.figure(
              "differences",
              "Differences in points with their intervals; the table below holds the numbers.",
              Map.of("kind", "differences", "rows", drawn.stream().map(this::drawn).toList())));
    }
    parts.add(Html.listed("Differences", table()));
    return Html.section("differences-by-task", "What B gains", parts);
  }

  private Map<String, Object> drawn(Row row) {
    Map<String, Object> drawn = new LinkedHashMap<>();
    drawn.put("name", quantity(row));
    drawn.put("task", row.task().orElse(MEAN));
    drawn.put("sure", row.sure());
    drawn.put("difference", points(row.difference()));
    row.interval()
        .ifPresent(
            ends -> {
              drawn.put("low", points(ends.low()));
              drawn.put("high", points(ends.high()));
            });
    return drawn;
  }

  private static double points(double share) {
    return Charts.rounded(100 * share);
  }

  private Element table() {
    Element body = tag("tbody");
    String before = "";
    for (Row row : comparison.rows()) {
      String task = row.task().orElse(MEAN);
      boolean begins = !task.equals(before);
      before = task;
      Element line =
          tag(
              begins ? "tr.begins" : "tr",
              rowHead(begins ? task : ""),
              tag("td", quantity(row)),
              number(Numbers.percent(row.a())),
              number(Numbers.percent(row.b())),
              tag(row.sure() ? "td.number.sure" : "td.number", Numbers.points(row.difference())),
              number(interval(row)));
      body.appendChild(line);
    }
    return tag(
        "table.plain.pairs-of-runs",
        tag(
            "thead",
            tag(
                "tr",
                columnHead("th", "Task"),
                columnHead("th", "Measure"),
                columnHead("th.number", "A, %"),
                columnHead("th.number", "B, %"),
                columnHead("th.number", "Points"),
                columnHead("th.number", level() + " interval"))),
        body);
  }

  private Optional<Element> curves() {
    List<Element> parts = new ArrayList<>();
    int figures = 0;
    for (MetricDefinition metric : comparison.metricDefinitions()) {
      List<Element> ofMetric = new ArrayList<>();
      for (ComparisonResults.Curves each : comparison.curves()) {
        List<Metric.Curve> a = drawable(each.a());
        List<Metric.Curve> b = drawable(each.b());
        if (each.measure().equals(metric.name()) && (!a.isEmpty() || !b.isEmpty())) {
          ofMetric.add(
              CurveCharts.figure(
                  "curves-" + figures++,
                  each.task(),
                  "the table above holds the values.",
                  List.of(
                      new CurveCharts.Group("A ", true, a), new CurveCharts.Group("B ", false, b)),
                  charts));
        }
      }
      if (!ofMetric.isEmpty()) {
        parts.add(tag("div.part", tag("h3", metric.title()), tag("div.multiples", ofMetric)));
      }
    }
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    parts.add(
        0,
        tag(
            "p.lead",
            "A dashed, B solid; the dots are where the values were read. Lines that end in no dot"
                + " never reach what is required."));
    return Optional.of(Html.section("curves", "Behind the metrics", parts));
  }

  private static List<Metric.Curve> drawable(List<Metric.Curve> curves) {
    return curves.stream().filter(curve -> !curve.points().isEmpty()).toList();
  }

  private Optional<Element> notes() {
    return comparison.notes().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Html.section(
                "notes",
                "Notes",
                List.of(
                    tag(
                        "ul.warnings",
                        comparison.notes().stream().map(note -> tag("li", note)).toList()))));
  }

  private Optional<Element> definitions() {
    if (comparison.metricDefinitions().isEmpty()) {
      return Optional.empty();
    }
    Element body = tag("tbody");
    for (MetricDefinition metric : comparison.metricDefinitions()) {
      body.appendChild(
          tag(
              "tr",
              MetricsSection.named(metric),
              MetricsSection.meaning(metric),
              tag("td.source", metric.source())));
    }
    Element head =
        tag(
            "tr",
            columnHead("th", "Metric"),
            columnHead("th", "Definition"),
            columnHead("th", "Source"));
    return Optional.of(
        Html.section(
            "definitions",
            "Definitions",
            List.of(Html.wide("Definitions", tag("table.metrics", tag("thead", head), body)))));
  }

  private Element origin() {
    Element body = tag("tbody");
    pair(body, "A", comparison.a().folder());
    pair(body, "A's tasks", String.join(", ", comparison.a().tasks()));
    pair(body, "B", comparison.b().folder());
    pair(body, "B's tasks", String.join(", ", comparison.b().tasks()));
    pair(body, "resamples", Numbers.count(comparison.bootstrap().resamples()));
    pair(body, "seed of the resamples", Numbers.count(comparison.bootstrap().seed()));
    return Html.section("origin", "Origin", List.of(tag("table.pairs", body)));
  }

  private static void pair(Element body, String name, String value) {
    body.appendChild(tag("tr", rowHead(name), tag("td", value)));
  }
}

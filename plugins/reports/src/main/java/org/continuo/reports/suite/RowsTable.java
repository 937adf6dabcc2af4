package org.continuo.reports.suite;

import static org.continuo.reports.html.Html.columnHead;
import static org.continuo.reports.html.Html.number;
import static org.continuo.reports.html.Html.rowHead;
import static org.continuo.reports.html.Html.tag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.continuo.api.result.MetricDefinition;
import org.continuo.reports.html.Html;
import org.continuo.reports.html.Numbers;
import org.continuo.results.SuiteResults;
import org.continuo.results.SuiteResults.Row;
import org.continuo.results.SuiteResults.Summary;
import org.jsoup.nodes.Element;

/** The main table: a body per setting and protocol, each sorted by itself. */
final class RowsTable {
  private static final List<String> METRICS =
      List.of("acc.final", "la", "bwt.gem", "forgetting.chaudhry", "fwt.gem");

  /** A column: what stands above it, and its cell in a row. */
  private record Column(String title, String explanation, Function<Row, Element> cell) {}

  private final Rows rows;
  private final SuiteResults suite;
  private final List<Column> columns = new ArrayList<>();

  RowsTable(Rows rows) {
    this.rows = rows;
    this.suite = rows.suite();
    columns.add(new Column("runs", "", RowsTable::runs));
    score(suite.metric());
    METRICS.stream()
        .filter(metric -> !metric.equals(suite.metric()))
        .filter(metric -> suite.rows().stream().anyMatch(row -> row.metric(metric).isPresent()))
        .forEach(this::score);
    if (!rows.single()) {
      columns.add(new Column("average rank", "1 is best", this::rank));
      suite
          .reference()
          .ifPresent(
              name ->
                  columns.add(
                      new Column(
                          "p against " + name,
                          "signed-rank test on the same orders and seeds, Holm-corrected",
                          this::test)));
    }
    cost("trained per task", SuiteResults.MeanCost::trainablePerTask);
    cost("stored parameters", SuiteResults.MeanCost::storedParameters);
    cost("training tokens", SuiteResults.MeanCost::trainTokens);
    time("time of a run", SuiteResults.MeanTimes::totalSeconds, Numbers::duration);
    time(
        "peak memory",
        SuiteResults.MeanTimes::peakMemoryBytes,
        bytes -> Numbers.bytes(Math.round(bytes)));
  }

  private void score(String metric) {
    columns.add(
        new Column(
            rows.title(metric).toLowerCase(Locale.ROOT),
            suite.definition(metric).map(MetricDefinition::definition).orElse(""),
            row -> score(row.metric(metric), metric.equals(suite.metric()))));
  }

  private void cost(String title, Function<SuiteResults.MeanCost, Double> value) {
    columns.add(new Column(title, "", row -> mean(row.cost().map(value), Numbers::brief)));
  }

  private void time(
      String title, Function<SuiteResults.MeanTimes, Double> value, DoubleFunction<String> format) {
    columns.add(new Column(title, "", row -> mean(row.times().map(value), format)));
  }

  private static Element mean(Optional<Double> value, DoubleFunction<String> format) {
    OptionalDouble mean = value.stream().mapToDouble(Double::doubleValue).findFirst();
    return number(Numbers.or(mean, format), mean);
  }

  Element element() {
    Element head = tag("tr", columnHead("th", "strategy"));
    for (Column column : columns) {
      Element title = columnHead("th", column.title);
      head.appendChild(
          column.explanation.isEmpty() ? title : title.attr("title", column.explanation));
    }
    Element table = tag("table.plain.sortable", tag("thead", head));
    rows.bySetting()
        .forEach(
            (setting, group) ->
                Rows.byProtocol(group).forEach(alike -> table.appendChild(body(setting, alike))));
    return Html.listed("Comparison", table);
  }

  private Element body(String setting, List<Row> alike) {
    String protocol = alike.get(0).protocol().label();
    Element title =
        tag("th", setting.isEmpty() ? protocol : setting + "; " + protocol)
            .attr("colspan", String.valueOf(1 + columns.size()))
            .attr("scope", "rowgroup");
    Element body = tag("tbody", tag("tr.group", title));
    boolean higher = rows.higherIsBetter();
    alike.stream()
        .sorted(
            Comparator.comparingDouble(
                row ->
                    row.metric(suite.metric())
                        .map(each -> higher ? -each.mean() : each.mean())
                        .orElse(Double.POSITIVE_INFINITY)))
        .forEach(row -> body.appendChild(line(row)));
    return body;
  }

  private Element line(Row row) {
    Element line = tag("tr", rowHead(row.marked()).attr("data-value", row.strategy()));
    columns.forEach(column -> line.appendChild(column.cell.apply(row)));
    return line;
  }

  private static Element runs(Row row) {
    SuiteResults.Runs runs = row.runs();
    String text = runs.completed() + "/" + runs.planned();
    return number(
        runs.failed() > 0 ? text + ", " + runs.failed() + " failed" : text,
        OptionalDouble.of(runs.completed()));
  }

  private static Element score(Optional<Summary> summary, boolean main) {
    if (summary.isEmpty()) {
      return number(Numbers.ABSENT);
    }
    Summary each = summary.get();
    Element cell = number("", OptionalDouble.of(each.mean()));
    cell.appendChild(tag(main ? "b" : "span", Numbers.percent(each.mean())));
    each.sd()
        .ifPresent(sd -> cell.appendChild(tag("span.aside", " \u00b1 " + Numbers.percent(sd))));
    if (main) {
      each.interval()
          .ifPresent(
              ends ->
                  cell.appendChild(
                      tag(
                          "span.interval",
                          Numbers.percent(ends.low()) + " to " + Numbers.percent(ends.high()))));
    }
    return cell;
  }

  private Optional<SuiteResults.OfMetric> contest(Row row) {
    return suite.comparisons().stream()
        .filter(each -> each.setting().equals(row.setting()))
        .flatMap(each -> Optional.ofNullable(each.metrics().get(suite.metric())).stream())
        .findFirst();
  }

  private Element rank(Row row) {
    OptionalDouble rank =
        contest(row).flatMap(SuiteResults.OfMetric::ranking).stream()
            .mapToDouble(ranking -> ranking.ranks().get(row.strategy()))
            .findFirst();
    return number(Numbers.or(rank, each -> Numbers.fixed("%.2f", each)), rank);
  }

  private Element test(Row row) {
    return contest(row)
        .flatMap(contest -> contest.test(row.strategy()))
        .map(
            test -> {
              Element cell =
                  number(
                      Numbers.or(test.wilcoxonHolm(), Numbers::pValue)
                          + (test.sameProtocol() ? "" : " *"),
                      test.wilcoxonHolm());
              return test.sameProtocol()
                  ? cell
                  : cell.attr("title", "the reference sees something else");
            })
        .orElseGet(() -> number(Numbers.ABSENT));
  }

  /** What the marks in all parts of the page mean. */
  Element legend() {
    boolean any = suite.rows().stream().anyMatch(row -> !row.protocol().marks().isEmpty());
    String unit =
        rows.single()
            ? "Percent, of one run each."
            : "Percent; mean \u00b1 standard deviation over orders and seeds.";
    return tag(
        "p.note",
        any
            ? "\u2020 uses the task id at test time. \u2021 keeps training examples of earlier"
                + " tasks. \u00a7 sees all tasks from the start. Rows with other marks saw other things: they are no rivals in one list."
                + (rows.single() ? "" : " * the reference is under another protocol.")
            : unit);
  }
}

package org.continuo.reports.suite;

import static org.continuo.reports.suite.Markup.ABSENT;
import static org.continuo.reports.suite.Markup.fixed;
import static org.continuo.reports.suite.Markup.number;
import static org.continuo.reports.suite.Markup.pValue;
import static org.continuo.reports.suite.Markup.percent;
import static org.continuo.reports.suite.Markup.tag;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import org.continuo.reports.suite.SuiteData.Row;
import org.continuo.reports.suite.SuiteData.Summary;
import org.jsoup.nodes.Element;

/** The main table: a body per setting and protocol, each sorted by itself. */
final class RowsTable {
  private static final List<String> METRICS =
      List.of("acc.final", "la", "bwt.gem", "forgetting.chaudhry", "fwt.gem");

  private record Cost(String title, String block, String name, DoubleFunction<String> format) {}

  private static final List<Cost> COSTS =
      List.of(
          new Cost("trained per task", "cost", "trainablePerTask", Markup::count),
          new Cost("stored parameters", "cost", "storedParameters", Markup::count),
          new Cost("training tokens", "cost", "trainTokens", Markup::count),
          new Cost("time of a run", "times", "totalSeconds", Markup::seconds),
          new Cost("peak memory", "times", "peakMemoryBytes", Markup::bytes));

  private final SuiteData data;
  private final List<String> metrics;

  RowsTable(SuiteData data) {
    this.data = data;
    List<String> columns = new ArrayList<>(List.of(data.metric()));
    METRICS.stream().filter(metric -> !columns.contains(metric)).forEach(columns::add);
    this.metrics = columns;
  }

  Element element() {
    Element head = tag("tr", column("strategy"), column("runs"));
    for (String metric : metrics) {
      Element title = column(data.title(metric).toLowerCase(Locale.ROOT));
      title.attr("title", data.definition(metric).path("definition").asText());
      head.appendChild(title);
    }
    head.appendChild(column("average rank"));
    if (data.json().has("reference")) {
      head.appendChild(
          column("p against " + data.json().path("reference").asText())
              .attr("title", "signed-rank test on the same orders and seeds, Holm-corrected"));
    }
    COSTS.forEach(cost -> head.appendChild(column(cost.title)));
    Element table = tag("table.plain.sortable", tag("thead", head));
    data.bySetting()
        .forEach(
            (setting, rows) ->
                SuiteData.byProtocol(rows)
                    .forEach((protocol, group) -> body(table, setting, protocol, group)));
    return Markup.wide(table);
  }

  private static Element column(String text) {
    return tag("th", text).attr("scope", "col");
  }

  private void body(Element table, String setting, String protocol, List<Row> group) {
    int columns = table.expectFirst("tr").childrenSize();
    String heading = setting.isEmpty() ? protocol : setting + "; " + protocol;
    Element title = tag("th", heading).attr("colspan", String.valueOf(columns));
    Element body = tag("tbody", tag("tr.group", title.attr("scope", "rowgroup")));
    boolean higher = data.higherIsBetter(data.metric());
    group.stream()
        .sorted(
            Comparator.comparingDouble(
                row ->
                    row.metric(data.metric())
                        .map(each -> higher ? -each.mean() : each.mean())
                        .orElse(Double.POSITIVE_INFINITY)))
        .forEach(row -> body.appendChild(line(row)));
    table.appendChild(body);
  }

  private Element line(Row row) {
    Element line =
        tag("tr", tag("th", row.marked()).attr("scope", "row").attr("data-value", row.strategy()));
    String runs = row.completed() + "/" + row.planned();
    line.appendChild(
        number(
            row.failed() > 0 ? runs + ", " + row.failed() + " failed" : runs,
            OptionalDouble.of(row.completed())));
    for (String metric : metrics) {
      line.appendChild(score(row.metric(metric), metric.equals(data.metric())));
    }
    Optional<JsonNode> comparison = comparison(row);
    OptionalDouble rank =
        comparison
            .map(each -> SuiteData.number(each.path("ranking").path("ranks").path(row.strategy())))
            .orElse(OptionalDouble.empty());
    line.appendChild(number(rank.isPresent() ? fixed("%.2f", rank.getAsDouble()) : ABSENT, rank));
    if (data.json().has("reference")) {
      line.appendChild(test(row, comparison));
    }
    for (Cost cost : COSTS) {
      OptionalDouble value = row.mean(cost.block, cost.name);
      line.appendChild(
          number(value.isPresent() ? cost.format.apply(value.getAsDouble()) : ABSENT, value));
    }
    return line;
  }

  private static Element score(Optional<Summary> summary, boolean main) {
    if (summary.isEmpty()) {
      return tag("td.number", ABSENT);
    }
    Summary each = summary.get();
    Element cell = number("", OptionalDouble.of(each.mean()));
    cell.appendChild(tag(main ? "b" : "span", percent(each.mean())));
    each.deviation().ifPresent(sd -> cell.appendChild(tag("span.aside", " \u00b1 " + percent(sd))));
    if (main && each.low().isPresent()) {
      String interval = percent(each.low().getAsDouble()) + " to " + percent(each.high().orElse(0));
      cell.appendChild(tag("span.interval", interval));
    }
    return cell;
  }

  private Optional<JsonNode> comparison(Row row) {
    JsonNode setting = row.json().path("setting");
    return data.comparisons().stream()
        .filter(each -> each.path("setting").equals(setting))
        .map(each -> each.path("metrics").path(data.metric()))
        .findFirst();
  }

  private static Element test(Row row, Optional<JsonNode> comparison) {
    List<JsonNode> tests =
        comparison.map(each -> SuiteData.elements(each.path("tests"))).orElse(List.of());
    for (JsonNode test : tests) {
      if (test.path("strategy").asText().equals(row.strategy())) {
        OptionalDouble p = SuiteData.number(test.path("wilcoxonHolm"));
        boolean same = test.path("sameProtocol").asBoolean();
        return number(pValue(p) + (same ? "" : " *"), p)
            .attr("title", same ? "" : "the reference sees something else");
      }
    }
    return tag("td.number", ABSENT);
  }

  /** What the marks in all parts of the page mean. */
  static Element legend(Map<String, List<Row>> rows) {
    boolean any =
        rows.values().stream().flatMap(List::stream).anyMatch(row -> !row.marks().isEmpty());
    return tag(
        "p.note",
        any
            ? "\u2020 uses the task id at test time. \u2021 keeps training examples of earlier"
                + " tasks. \u00a7 sees all tasks from the start. Rows with other marks saw other things: they are no rivals in one list."
                + " * the reference is under another protocol."
            : "Percent; mean \u00b1 standard deviation over orders and seeds.");
  }
}

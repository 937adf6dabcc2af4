package org.continuo.reports.html;

import static org.continuo.reports.html.Html.columnHead;
import static org.continuo.reports.html.Html.rowHead;
import static org.continuo.reports.html.Html.tag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.continuo.api.result.Metric;
import org.continuo.results.RunResults;
import org.continuo.results.TestMetric;
import org.jsoup.nodes.Element;

/** What the experiment had measured on the answers, after every stage on every task. */
final class TestMetricsSection {
  // values per task from which on only the total stands in the open
  private static final int MANY = 4;
  private final RunResults results;
  private final Charts charts;
  private int figures;

  private TestMetricsSection(RunResults results, Charts charts) {
    this.results = results;
    this.charts = charts;
  }

  static Optional<Element> of(RunResults results, Charts charts) {
    return results.testMetrics().isEmpty()
        ? Optional.empty()
        : Optional.of(new TestMetricsSection(results, charts).section());
  }

  private Element section() {
    List<Element> parts = new ArrayList<>();
    parts.add(
        tag(
            "p.lead",
            "Measured on the answers to the test examples, in percent: each row is a stage, as in"
                + " the matrix above."));
    results.testMetrics().orElseThrow().forEach(metric -> parts.add(part(metric)));
    return Html.section("test-metrics", "Metrics on the answers", parts);
  }

  private Element part(TestMetric metric) {
    Element part = tag("div.part", tag("h3", metric.metric().title()));
    part.appendChild(
        tag(
            "p.note",
            tag("code", metric.metric().name()),
            Html.text(" \u00b7 " + metric.metric().definition() + ".")));
    Map<String, List<String>> columns = columns(metric);
    if (columns.isEmpty()) {
      return part.appendChild(tag("p.note", "It gave nothing for this run."));
    }
    String name = metric.metric().title();
    Map<String, List<String>> totals = new LinkedHashMap<>();
    columns.forEach(
        (task, values) -> {
          if (values.size() > MANY && values.contains(Metric.TOTAL)) {
            totals.put(task, List.of(Metric.TOTAL));
          }
        });
    if (totals.isEmpty()) {
      part.appendChild(Html.listed(name, table(metric, columns)));
    } else {
      Map<String, List<String>> open = new LinkedHashMap<>(columns);
      open.putAll(totals);
      part.appendChild(Html.listed(name, table(metric, open)));
      part.appendChild(
          tag(
              "details",
              tag("summary", "Every value"),
              Html.listed(name + ", every value", table(metric, columns))));
    }
    List<Element> curves = curves(metric);
    if (!curves.isEmpty()) {
      part.appendChild(
          tag(
              "p.note",
              "After the last stage; the dot is where the value was read. Lines that end in no dot"
                  + " never reach what is required."));
      part.appendChild(tag("div.multiples", curves));
    }
    return part;
  }

  /** The names of the values of each task that has any. */
  private Map<String, List<String>> columns(TestMetric metric) {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    for (int task = 0; task < results.tasks().size(); task++) {
      int column = task;
      List<String> names =
          rows(metric).values().stream()
              .flatMap(row -> at(row, column).keySet().stream())
              .distinct()
              .toList();
      if (!names.isEmpty()) {
        columns.put(results.tasks().get(task), names);
      }
    }
    return columns;
  }

  /** By the name of the stage. */
  private Map<String, List<Map<String, Double>>> rows(TestMetric metric) {
    Map<String, List<Map<String, Double>>> rows = new LinkedHashMap<>();
    metric.zeroShot().ifPresent(row -> rows.put("untrained", row));
    for (int stage = 0; stage < metric.stages().size(); stage++) {
      rows.put(results.tasks().get(stage), metric.stages().get(stage));
    }
    return rows;
  }

  private static Map<String, Double> at(List<Map<String, Double>> row, int task) {
    return task < row.size() ? row.get(task) : Map.of();
  }

  private Element table(TestMetric metric, Map<String, List<String>> columns) {
    Element tasks = tag("tr", columnHead("th", "After training").attr("rowspan", "2"));
    Element names = tag("tr");
    columns.forEach(
        (task, values) -> {
          tasks.appendChild(
              tag("th.group", task)
                  .attr("scope", "colgroup")
                  .attr("colspan", Integer.toString(values.size())));
          for (int i = 0; i < values.size(); i++) {
            names.appendChild(
                columnHead(
                    i == 0 ? "th.number.first" : "th.number", TestMetric.spoken(values.get(i))));
          }
        });
    Element body = tag("tbody");
    rows(metric)
        .forEach(
            (stage, row) -> {
              Element line = tag("tr", rowHead(stage));
              columns.forEach(
                  (task, values) -> {
                    Map<String, Double> cells = at(row, results.tasks().indexOf(task));
                    for (int i = 0; i < values.size(); i++) {
                      String value = TestMetric.spoken(values.get(i));
                      line.appendChild(
                          cell(cells, values.get(i), i == 0, stage.equals(task))
                              .attr("data-label", task + ", " + value));
                    }
                  });
              body.appendChild(line);
            });
    return tag("table.plain.grouped", tag("thead", tasks, names), body);
  }

  private static Element cell(Map<String, Double> cells, String value, boolean first, boolean own) {
    OptionalDouble number =
        cells.containsKey(value) ? OptionalDouble.of(cells.get(value)) : OptionalDouble.empty();
    Element cell = Html.number(Numbers.or(number, Numbers::percent));
    if (first) {
      cell.addClass("first");
    }
    return own ? cell.addClass("own") : cell;
  }

  private List<Element> curves(TestMetric metric) {
    List<Element> all = new ArrayList<>();
    List<List<Metric.Curve>> byTask = metric.curves().orElse(List.of());
    for (int task = 0; task < byTask.size(); task++) {
      List<Metric.Curve> curves =
          byTask.get(task).stream().filter(curve -> !curve.points().isEmpty()).toList();
      if (!curves.isEmpty()) {
        all.add(
            CurveCharts.figure(
                "curves-" + figures++,
                results.tasks().get(task),
                "the table above holds the values.",
                List.of(new CurveCharts.Group("", false, curves)),
                charts));
      }
    }
    return all;
  }
}

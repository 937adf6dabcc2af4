package org.continuo.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.continuo.api.result.MetricDefinition;
import org.continuo.core.evaluate.MetricHistory;
import org.continuo.core.text.TextTable;
import org.continuo.results.Reading;

/** What the metrics of an experiment gave at the last stage, as text. */
public final class MetricTable {
  /** More would not fit beside each other; files and reports hold them all. */
  private static final int MOST_COLUMNS = 8;

  private MetricTable() {}

  /** One table per metric that gave something: a row per task, a column per value. */
  public static List<List<String>> of(MetricHistory history) {
    return history.last().stream()
        .flatMap(last -> history.definitions().stream().map(metric -> table(metric, history, last)))
        .filter(Predicate.not(List::isEmpty))
        .toList();
  }

  private static List<String> table(
      MetricDefinition metric, MetricHistory history, List<Reading> last) {
    List<Map<String, Double>> rows =
        last.stream().map(reading -> reading.valuesOf(metric)).toList();
    List<String> columns = columns(rows);
    if (columns.isEmpty()) {
      return List.of();
    }
    TextTable table =
        new TextTable(
            Stream.concat(Stream.of(metric.name()), columns.stream()).toArray(String[]::new));
    for (int task = 0; task < rows.size(); task++) {
      List<String> cells = new ArrayList<>(List.of(history.tasks().get(task)));
      for (String column : columns) {
        cells.add(
            rows.get(task).containsKey(column)
                ? String.format(Locale.ROOT, "%.4f", rows.get(task).get(column))
                : "-");
      }
      table.row(cells.toArray(String[]::new));
    }
    return table.plain();
  }

  /** All names; if those are too many, the ones that every task has that has any. */
  private static List<String> columns(List<Map<String, Double>> rows) {
    List<String> all = rows.stream().flatMap(row -> row.keySet().stream()).distinct().toList();
    if (all.size() <= MOST_COLUMNS) {
      return all;
    }
    Set<String> common = new TreeSet<>(all);
    rows.stream().filter(row -> !row.isEmpty()).forEach(row -> common.retainAll(row.keySet()));
    return all.stream().filter(common::contains).limit(MOST_COLUMNS).toList();
  }
}

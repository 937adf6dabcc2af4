package org.continuo.reports.suite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.continuo.api.result.MetricDefinition;
import org.continuo.results.SuiteResults;
import org.continuo.results.SuiteResults.Row;

/** The rows of a suite in the groups that a page shows them in. */
record Rows(SuiteResults suite) {

  /** Rows by setting, in the sequence of the file. */
  Map<String, List<Row>> bySetting() {
    Map<String, List<Row>> groups = new LinkedHashMap<>();
    suite
        .rows()
        .forEach(
            row -> groups.computeIfAbsent(row.settingLabel(), s -> new ArrayList<>()).add(row));
    return groups;
  }

  /** Rows that see the same, those who see least first. */
  static Collection<List<Row>> byProtocol(List<Row> rows) {
    Map<Integer, List<Row>> groups = new TreeMap<>();
    rows.forEach(
        row -> groups.computeIfAbsent(privileges(row.protocol()), p -> new ArrayList<>()).add(row));
    return groups.values();
  }

  private static int privileges(SuiteResults.Access protocol) {
    return (protocol.futureData() ? 8 : 0)
        + (protocol.taskId().equals("given") ? 4 : 0)
        + (protocol.usesTaskId() ? 2 : 0)
        + (protocol.pastData() ? 1 : 0);
  }

  /** Whether no row has more than one run: then nothing can be ranked or tested. */
  boolean single() {
    return suite.rows().stream().allMatch(row -> row.runs().completed() < 2);
  }

  /** What people call a metric. */
  String title(String metric) {
    return suite.definition(metric).map(MetricDefinition::title).orElse(metric);
  }

  boolean higherIsBetter() {
    return suite.definition(suite.metric()).stream().allMatch(MetricDefinition::higherIsBetter);
  }

  List<SuiteResults.Cell> cells(Row row) {
    return suite.cells().stream().filter(cell -> cell.label().equals(row.label())).toList();
  }
}

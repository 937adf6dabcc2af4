package org.continuo.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.continuo.api.result.MetricDefinition;
import org.continuo.core.evaluate.AccuracyMatrix;
import org.continuo.core.evaluate.ContinualMetrics;
import org.continuo.core.text.TextTable;

/** The accuracy matrix and its metrics as text. */
public final class MatrixTable {
  private MatrixTable() {}

  /** A row per stage, a column per task, the score on the task just trained marked. */
  public static List<String> of(AccuracyMatrix matrix) {
    List<String> headings = new ArrayList<>(List.of("AFTER TRAINING"));
    headings.addAll(matrix.tasks());
    TextTable table = new TextTable(headings.toArray(String[]::new));
    matrix.zeroShot().ifPresent(scores -> table.row(row("(nothing)", scores, -1)));
    for (int stage = 0; stage < matrix.scores().size(); stage++) {
      table.row(row(matrix.tasks().get(stage), matrix.scores().get(stage), stage));
    }
    return table.plain();
  }

  private static String[] row(String name, List<Double> scores, int trained) {
    List<String> row = new ArrayList<>(List.of(name));
    for (int task = 0; task < scores.size(); task++) {
      row.add(String.format(Locale.ROOT, "%.4f%s", scores.get(task), task == trained ? "*" : ""));
    }
    return row.toArray(String[]::new);
  }

  /** The metrics that are defined for the matrix, with what they are. */
  public static List<String> metrics(AccuracyMatrix matrix) {
    Map<String, Double> values = ContinualMetrics.of(matrix);
    TextTable table = new TextTable("METRIC", "VALUE", "");
    for (MetricDefinition metric : ContinualMetrics.definitions()) {
      if (values.containsKey(metric.name())) {
        table.row(
            metric.name(),
            String.format(Locale.ROOT, "%7.4f", values.get(metric.name())),
            metric.title());
      }
    }
    return table.plain();
  }
}

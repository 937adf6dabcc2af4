package org.continuo.cli.terminal;

import java.util.List;
import java.util.Locale;
import org.continuo.core.text.TextTable;
import org.continuo.results.ComparisonResults;
import org.continuo.results.ComparisonResults.Row;
import org.continuo.results.Interval;

/** A comparison as text. */
public final class ComparisonTable {
  private static final String MEAN = "(mean of tasks)";

  private ComparisonTable() {}

  /** A row per task and quantity; differences in percentage points. */
  public static List<String> of(ComparisonResults comparison) {
    String level = "%.0f%% INTERVAL".formatted(100 * comparison.bootstrap().level());
    TextTable table = new TextTable("TASK", "MEASURE", "A", "B", "POINTS", level);
    String before = "";
    for (Row row : comparison.rows()) {
      String task = row.task().orElse(MEAN);
      table.row(
          task.equals(before) ? "" : task,
          row.quantity(),
          share(row.a()),
          share(row.b()),
          points(row.difference()),
          row.interval().map(ComparisonTable::interval).orElse("-"));
      before = task;
    }
    return table.plain();
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String points(double share) {
    // adding zero takes the sign off what rounds to it
    return String.format(Locale.ROOT, "%+.1f", Math.round(1000 * share) / 10.0 + 0.0);
  }

  private static String interval(Interval interval) {
    return points(interval.low()) + " to " + points(interval.high());
  }
}

package org.continuo.suite.run;

import java.util.List;
import org.continuo.suite.Row;

/**
 * What a suite would do now.
 *
 * @param workers runs side by side
 * @param secondsEstimated of all that is left
 */
public record SuitePlan(List<RowPlan> rows, int workers, double secondsEstimated) {
  public SuitePlan {
    rows = List.copyOf(rows);
  }

  /**
   * One row.
   *
   * @param trials of its search, and how many of them have completed
   * @param cells of the comparison, and how many of them have completed; with a search that has not
   *     ended they are not known yet
   * @param secondsEach of one cell, estimated or measured; 0 if none is left
   */
  public record RowPlan(
      Row row, int trials, int trialsPresent, int cells, int cellsPresent, double secondsEach) {
    int left() {
      return trials - trialsPresent + cells - cellsPresent;
    }
  }

  public int runsLeft() {
    return rows.stream().mapToInt(RowPlan::left).sum();
  }
}

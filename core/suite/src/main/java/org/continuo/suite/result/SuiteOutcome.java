package org.continuo.suite.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.continuo.results.SuiteResults;
import org.continuo.suite.Cell;
import org.continuo.suite.Point;
import org.continuo.suite.Row;
import org.continuo.suite.Suite;
import org.continuo.suite.Trial;

/**
 * A suite and how its runs stand: completed, failed or missing, none left out.
 *
 * @param chosen what the search chose, for the rows it has ended for
 */
public record SuiteOutcome(
    Suite suite, List<TrialResult> trials, Map<Row, Point> chosen, List<CellResult> cells) {
  public SuiteOutcome {
    trials = List.copyOf(trials);
    chosen = Collections.unmodifiableMap(new LinkedHashMap<>(chosen));
    cells = List.copyOf(cells);
  }

  /** One cell and its run. */
  public record CellResult(Cell cell, RunOutcome state) {}

  /** One trial and its run. */
  public record TrialResult(Trial trial, RunOutcome state) {}

  /** Incomplete as long as a run is missing. */
  public SuiteResults.Status status() {
    if (has(SuiteResults.RunStanding.MISSING)) {
      return SuiteResults.Status.INCOMPLETE;
    }
    return has(SuiteResults.RunStanding.FAILED)
        ? SuiteResults.Status.FAILED
        : SuiteResults.Status.COMPLETED;
  }

  private boolean has(SuiteResults.RunStanding status) {
    return cells.stream().anyMatch(each -> each.state().status() == status)
        || trials.stream().anyMatch(each -> each.state().status() == status);
  }

  List<CellResult> cells(Row row) {
    return cells.stream().filter(each -> each.cell().row().equals(row)).toList();
  }
}

package org.continuo.suite.result;

import java.util.List;
import java.util.Map;
import org.continuo.results.SuiteResults;

/**
 * The strategies under one setting of the further axes, compared on the same orders and seeds.
 *
 * @param rows in the sequence of the suite
 * @param metrics by name
 */
public record Comparison(
    Map<String, String> setting, List<RowResult> rows, Map<String, SuiteResults.OfMetric> metrics) {
  public Comparison {
    rows = List.copyOf(rows);
  }

  /** Whether rows that see different things are in it: then no list of all of them is a contest. */
  public boolean protocolsMixed() {
    return rows.stream().map(RowResult::access).distinct().count() > 1;
  }
}

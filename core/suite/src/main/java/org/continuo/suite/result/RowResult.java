package org.continuo.suite.result;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.continuo.results.RunResults;
import org.continuo.suite.Access;
import org.continuo.suite.Row;
import org.continuo.suite.statistics.Summary;

/**
 * A row of the comparison over its orders and seeds.
 *
 * @param planned cells it has
 * @param failed cells whose run failed
 * @param runs of the cells that completed
 * @param metrics by name, those that are defined for it
 * @param overStream mean score over the tasks met so far, after each task; empty where its orders
 *     differ in length
 */
public record RowResult(
    Row row,
    Access access,
    int planned,
    int failed,
    List<RunResults> runs,
    Map<String, Summary> metrics,
    List<Summary> overStream) {
  public RowResult {
    runs = List.copyOf(runs);
    overStream = List.copyOf(overStream);
  }

  int completed() {
    return runs.size();
  }

  Optional<Summary> metric(String name) {
    return Optional.ofNullable(metrics.get(name));
  }

  /** Mean over the completed runs; 0 if there are none. */
  double mean(ToDoubleFunction<RunResults> value) {
    return runs.stream().mapToDouble(value).average().orElse(0);
  }
}

package org.continuo.suite.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.continuo.api.result.MetricDefinition;
import org.continuo.core.evaluate.ContinualMetrics;
import org.continuo.results.RunResults;
import org.continuo.suite.Point;
import org.continuo.suite.ResolvedRun;
import org.continuo.suite.Row;
import org.continuo.suite.Suite;
import org.continuo.suite.Trial;

/**
 * Which point of its search each row goes on with: the best on dev examples, of equals the first.
 */
final class Choice {
  private final String metric;
  private final boolean higherIsBetter;
  private final List<Row> rows;

  Choice(Suite suite) {
    metric = suite.options().metric();
    higherIsBetter =
        ContinualMetrics.definitions().stream()
            .filter(each -> each.name().equals(metric))
            .allMatch(MetricDefinition::higherIsBetter);
    rows = suite.rows();
  }

  /**
   * Rows whose trials have all ended, by their results, are chosen for.
   *
   * @param results of a run that completed
   */
  Map<Row, Point> of(List<Trial> trials, Function<ResolvedRun, Optional<RunResults>> results) {
    Map<Row, Point> chosen = new LinkedHashMap<>();
    for (Row row : rows) {
      List<Trial> own = trials.stream().filter(trial -> trial.row().equals(row)).toList();
      if (own.stream().allMatch(trial -> results.apply(trial.run()).isPresent())) {
        chosen.put(row, best(own, results).orElse(Point.NONE));
      }
    }
    return chosen;
  }

  /** Of the trials that completed; empty if none did. */
  Optional<Point> best(List<Trial> trials, Function<ResolvedRun, Optional<RunResults>> results) {
    Optional<Point> best = Optional.empty();
    double highest = Double.NEGATIVE_INFINITY;
    for (Trial trial : trials) {
      double score =
          results
              .apply(trial.run())
              .map(each -> each.finalMetrics().get(metric))
              .map(value -> higherIsBetter ? value : -value)
              .orElse(Double.NEGATIVE_INFINITY);
      if (score > highest) {
        best = Optional.of(trial.point());
        highest = score;
      }
    }
    return best;
  }
}

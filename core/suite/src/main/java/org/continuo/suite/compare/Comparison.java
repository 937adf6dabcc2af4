package org.continuo.suite.compare;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.result.Metric;
import org.continuo.api.result.MetricDefinition;

/**
 * What two runs give on the same items.
 *
 * @param rows by task in the order of A, then of the mean over the tasks, if there are several;
 *     within each first the score
 * @param curves by metric, then by task: what stands behind the values
 * @param notes what could not be compared
 */
public record Comparison(
    Pairing pairing,
    List<MetricDefinition> metrics,
    Bootstrap bootstrap,
    List<Row> rows,
    Map<String, Map<String, Curves>> curves,
    List<String> notes) {

  /** A number that both runs have: the score, or a value of a metric. */
  public record Quantity(String measure, String value) {
    @Override
    public String toString() {
      return value.equals(Metric.TOTAL) ? measure : measure + " " + value;
    }
  }

  /**
   * A quantity of both runs; all numbers are shares.
   *
   * @param task empty for the mean over the tasks
   * @param interval of the difference
   */
  public record Row(
      Optional<String> task,
      Quantity quantity,
      double a,
      double b,
      Optional<Bootstrap.Interval> interval) {
    /** What B has more than A, as a share: a hundredth is one percentage point. */
    public double difference() {
      return b - a;
    }
  }

  /** Those of both runs. */
  public record Curves(List<Metric.Curve> a, List<Metric.Curve> b) {}
}

package org.continuo.suite.statistics;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.descriptive.DoubleStatistics;
import org.apache.commons.statistics.descriptive.Statistic;

/**
 * Scores over orders and seeds in few numbers.
 *
 * @param count scores that are there
 * @param standardDeviation of a sample (divided by n - 1); empty with fewer than two scores
 * @param interval confidence interval of the mean; empty with fewer than two scores
 */
public record Summary(
    long count,
    double mean,
    OptionalDouble standardDeviation,
    Optional<Bootstrap.Interval> interval) {

  /**
   * Empty if there is no score.
   *
   * @param scores [O][S]
   */
  public static Optional<Summary> of(double[][] scores, Bootstrap bootstrap) {
    double[] present =
        Arrays.stream(scores).flatMapToDouble(Arrays::stream).filter(Double::isFinite).toArray();
    if (present.length == 0) {
      return Optional.empty();
    }
    DoubleStatistics statistics =
        DoubleStatistics.of(EnumSet.of(Statistic.MEAN, Statistic.STANDARD_DEVIATION), present);
    return Optional.of(
        new Summary(
            present.length,
            statistics.getAsDouble(Statistic.MEAN),
            present.length < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(statistics.getAsDouble(Statistic.STANDARD_DEVIATION)),
            bootstrap.interval(scores)));
  }
}

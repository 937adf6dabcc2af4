package org.continuo.suite.statistics;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Percentile intervals for the mean of scores over orders and seeds. Both are drawn anew with
 * replacement, independently of each other, because scores that share an order or a seed are not
 * independent (the pigeonhole bootstrap; Owen 2007, arXiv 0712.1111). Over one order it is the
 * plain bootstrap over seeds.
 *
 * @param resamples how often, at least 1
 * @param confidence share of the resampled means inside the interval, in (0,1)
 * @param seed of the draws: the same scores give the same interval
 */
public record Bootstrap(int resamples, double confidence, long seed) {

  /** Both ends included. */
  public record Interval(double low, double high) {}

  /**
   * Empty with fewer than two scores: one says nothing about the spread.
   *
   * @param scores [O][S]
   */
  public Optional<Interval> interval(double[][] scores) {
    if (Arrays.stream(scores).flatMapToDouble(Arrays::stream).filter(Double::isFinite).count()
        < 2) {
      return Optional.empty();
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      means[i] = resampledMean(scores, random);
    }
    double tail = (1 - confidence) / 2;
    double[] ends = Quantile.withDefaults().evaluate(means, tail, 1 - tail);
    return Optional.of(new Interval(ends[0], ends[1]));
  }

  private static double resampledMean(double[][] scores, SplittableRandom random) {
    while (true) {
      int[] orders = draw(scores.length, random);
      int[] seeds = draw(scores[0].length, random);
      double sum = 0;
      int count = 0;
      for (int order : orders) {
        for (int seed : seeds) {
          if (Double.isFinite(scores[order][seed])) {
            sum += scores[order][seed];
            count++;
          }
        }
      }
      // where runs failed a draw may meet none of the others
      if (count > 0) {
        return sum / count;
      }
    }
  }

  private static int[] draw(int size, SplittableRandom random) {
    return random.ints(size, 0, size).toArray();
  }
}

package org.continuo.suite.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Quantile;
import org.continuo.results.Interval;

/**
 * How far statistics of a test set would move with other items: items are drawn with replacement
 * within each stratum, the statistics are computed anew, and the middle of what comes out is the
 * interval (percentile method; Efron and Tibshirani 1993, An Introduction to the Bootstrap, ch.
 * 13). The same seed gives the same intervals, on however many threads.
 *
 * @param level share of the resamples inside an interval, in (0,1)
 */
public record Bootstrap(int resamples, long seed, double level) {
  /**
   * The intervals of some statistics.
   *
   * @param sizes items of each stratum
   * @param statistics of the places drawn from each stratum; always as many, NaN where one is not
   *     defined; called from several threads
   * @return one per statistic; empty if it was defined in less than half of the resamples
   */
  public List<Optional<Interval>> intervals(
      List<Integer> sizes, Function<List<int[]>, double[]> statistics) {
    long[] seeds = new SplittableRandom(seed).longs(resamples).toArray();
    List<double[]> drawn =
        Arrays.stream(seeds)
            .parallel()
            .mapToObj(one -> statistics.apply(draw(sizes, new SplittableRandom(one))))
            .toList();
    return IntStream.range(0, drawn.get(0).length)
        .mapToObj(
            i ->
                interval(
                    drawn.stream()
                        .mapToDouble(values -> values[i])
                        .filter(value -> !Double.isNaN(value))
                        .toArray()))
        .toList();
  }

  private static List<int[]> draw(List<Integer> sizes, SplittableRandom random) {
    return sizes.stream().map(size -> random.ints(size, 0, size).toArray()).toList();
  }

  private Optional<Interval> interval(double[] values) {
    if (2 * values.length < resamples) {
      return Optional.empty();
    }
    double[] ends = Quantile.withDefaults().evaluate(values, (1 - level) / 2, 1 - (1 - level) / 2);
    return Optional.of(new Interval(ends[0], ends[1]));
  }
}

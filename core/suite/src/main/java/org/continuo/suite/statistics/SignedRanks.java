package org.continuo.suite.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;

/**
 * Wilcoxon's signed-rank test, exact whatever is tied: few pairs and accuracies over few examples
 * make ties the rule, and libraries then fall back on a normal approximation that few pairs do not
 * bear. Zeros are ranked and then left out (Pratt 1959); tied differences share their ranks.
 */
final class SignedRanks {
  private SignedRanks() {}

  /**
   * Two-sided p: the chance of a rank sum at least as far from its mean if every sign were thrown
   * by a coin.
   *
   * @param differences of pairs, not all 0
   */
  static double p(double[] differences) {
    double[] sizes = Arrays.stream(differences).map(Math::abs).toArray();
    double[] ranks = new NaturalRanking(TiesStrategy.AVERAGE).apply(sizes);
    int[] kept = IntStream.range(0, ranks.length).filter(i -> differences[i] != 0).toArray();
    // shared ranks are multiples of a half: doubled, every sum is a whole number
    int[] doubled = IntStream.of(kept).map(i -> (int) Math.round(2 * ranks[i])).toArray();
    int observed =
        IntStream.range(0, kept.length)
            .filter(i -> differences[kept[i]] > 0)
            .map(i -> doubled[i])
            .sum();
    double[] chances = chances(doubled);
    int total = chances.length - 1;
    int distance = Math.abs(2 * observed - total);
    return Math.min(
        1,
        IntStream.rangeClosed(0, total)
            .filter(sum -> Math.abs(2 * sum - total) >= distance)
            .mapToDouble(sum -> chances[sum])
            .sum());
  }

  /** The chance of every sum of the ranks that a fair coin picks. */
  private static double[] chances(int[] ranks) {
    double[] chances = {1};
    for (int rank : ranks) {
      double[] longer = new double[chances.length + rank];
      for (int sum = 0; sum < chances.length; sum++) {
        longer[sum] += chances[sum] / 2;
        longer[sum + rank] += chances[sum] / 2;
      }
      chances = longer;
    }
    return chances;
  }
}

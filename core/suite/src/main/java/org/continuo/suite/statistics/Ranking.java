package org.continuo.suite.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;

/**
 * Average ranks over blocks, whether they differ at all (Friedman), and by how much two must differ
 * (Nemenyi), as in Demšar 2006, Journal of Machine Learning Research 7.
 *
 * @param blocks N on which all have a score
 * @param ranks K average ranks, 1 is best; ties share theirs
 * @param statistic Friedman's chi-square, corrected for ties; 0 if all are tied
 * @param p of the statistic, with K - 1 degrees of freedom
 * @param criticalDifference of two average ranks, {@code q sqrt(K (K + 1) / (6 N))}
 */
public record Ranking(
    int blocks, List<Double> ranks, double statistic, double p, double criticalDifference) {
  public Ranking {
    ranks = List.copyOf(ranks);
  }

  /**
   * Empty with fewer than two strategies or no complete block.
   *
   * @param scores [N][K]; a block with a missing score counts for nobody
   * @param significance of the critical difference, in (0,1)
   */
  public static Optional<Ranking> of(
      double[][] scores, boolean higherIsBetter, double significance) {
    double[][] complete =
        Arrays.stream(scores)
            .filter(block -> Arrays.stream(block).allMatch(Double::isFinite))
            .toArray(double[][]::new);
    int n = complete.length;
    if (n == 0 || complete[0].length < 2) {
      return Optional.empty();
    }
    int k = complete[0].length;
    double[] sums = new double[k];
    double ties = 0;
    for (double[] block : complete) {
      double[] ranks = ranks(block, higherIsBetter);
      for (int j = 0; j < k; j++) {
        sums[j] += ranks[j];
      }
      ties += tied(block);
    }
    double squares = Arrays.stream(sums).map(sum -> sum * sum).sum();
    double correction = 1 - ties / (n * (double) k * (k * (double) k - 1));
    double plain = 12.0 / (n * (double) k * (k + 1)) * squares - 3.0 * n * (k + 1);
    double statistic = correction == 0 ? 0 : plain / correction;
    double q = new StudentizedRange(k).quantile(1 - significance) / Math.sqrt(2);
    return Optional.of(
        new Ranking(
            n,
            Arrays.stream(sums).mapToObj(sum -> sum / n).toList(),
            statistic,
            ChiSquaredDistribution.of(k - 1).survivalProbability(Math.max(0, statistic)),
            q * Math.sqrt(k * (k + 1) / (6.0 * n))));
  }

  private static double[] ranks(double[] block, boolean higherIsBetter) {
    double[] smallestFirst = Arrays.stream(block).map(v -> higherIsBetter ? -v : v).toArray();
    return new NaturalRanking(TiesStrategy.AVERAGE).apply(smallestFirst);
  }

  /** Sum of t^3 - t over the groups of t equal scores. */
  private static double tied(double[] block) {
    return Arrays.stream(block)
        .distinct()
        .map(
            value -> {
              double t = Arrays.stream(block).filter(other -> other == value).count();
              return t * t * t - t;
            })
        .sum();
  }
}

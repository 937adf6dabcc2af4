package org.continuo.suite.statistics;

import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.TTest;

/**
 * Two strategies on the same orders and seeds, both tests two-sided.
 *
 * @param pairs on which both have a score
 * @param difference mean of first minus second; 0 without pairs
 * @param wilcoxon p of the {@link SignedRanks signed-rank test}; empty without a difference
 * @param student p of the paired t test; empty with fewer than two pairs or where all differences
 *     are equal
 */
public record PairedTest(
    int pairs, double difference, OptionalDouble wilcoxon, OptionalDouble student) {

  /**
   * @param first N scores
   * @param second N scores, on the same blocks
   */
  public static PairedTest of(double[] first, double[] second) {
    int[] both =
        IntStream.range(0, first.length)
            .filter(i -> Double.isFinite(first[i]) && Double.isFinite(second[i]))
            .toArray();
    double[] x = IntStream.of(both).mapToDouble(i -> first[i]).toArray();
    double[] y = IntStream.of(both).mapToDouble(i -> second[i]).toArray();
    double[] differences =
        IntStream.range(0, x.length).mapToDouble(i -> rounded(x[i] - y[i])).toArray();
    boolean differ = IntStream.range(0, x.length).anyMatch(i -> differences[i] != 0);
    boolean spread = IntStream.range(1, x.length).anyMatch(i -> differences[i] != differences[0]);
    return new PairedTest(
        both.length,
        IntStream.range(0, x.length).mapToDouble(i -> differences[i]).average().orElse(0),
        differ ? OptionalDouble.of(SignedRanks.p(differences)) : OptionalDouble.empty(),
        spread
            ? OptionalDouble.of(TTest.withDefaults().pairedTest(x, y).getPValue())
            : OptionalDouble.empty());
  }

  /** Scores are means of grades: without this the last bits would break ties at random. */
  private static double rounded(double difference) {
    return Math.rint(difference * 1e12) / 1e12;
  }
}

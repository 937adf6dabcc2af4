package org.continuo.suite.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The range of K independent standard normal values, the studentized range at infinitely many
 * degrees of freedom: {@code P(Q <= q) = K ∫ φ(z) (Φ(z) - Φ(z - q))^(K-1) dz}.
 */
final class StudentizedRange {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** Beyond it the density is below 1e-22. */
  private static final double TAIL = 10;

  /** The integrand is smooth and gone at both ends: equal steps of this size reach 1e-12. */
  private static final double STEP = 0.05;

  private final int values;

  /**
   * @param values K, at least 2
   */
  StudentizedRange(int values) {
    this.values = values;
  }

  double cumulative(double q) {
    double sum = 0;
    int steps = (int) Math.round(2 * TAIL / STEP);
    for (int i = 0; i <= steps; i++) {
      double z = -TAIL + i * STEP;
      sum += NORMAL.density(z) * Math.pow(NORMAL.probability(z - q, z), values - 1);
    }
    return Math.min(1, values * sum * STEP);
  }

  /**
   * @param p in (0,1)
   */
  double quantile(double p) {
    double low = 0;
    double high = 2 * TAIL;
    while (high - low > 1e-10) {
      double middle = (low + high) / 2;
      if (cumulative(middle) < p) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}

package org.continuo.suite.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The step-down correction of p values for several tests (Holm 1979). */
public final class Holm {
  private Holm() {}

  /**
   * Adjusted values, in the order of {@code p}: the i-th smallest of m, from 0, is multiplied by
   * {@code m - i}, is not below the one before it and not above 1.
   */
  public static double[] adjusted(double[] p) {
    List<Integer> ascending =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(index -> p[index]))
            .toList();
    double[] adjusted = new double[p.length];
    double floor = 0;
    for (int i = 0; i < p.length; i++) {
      int index = ascending.get(i);
      floor = Math.min(1, Math.max(floor, p[index] * (p.length - i)));
      adjusted[index] = floor;
    }
    return adjusted;
  }
}

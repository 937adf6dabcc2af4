package org.continuo.baselines.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random draws from lists. */
public final class Draw {
  private Draw() {}

  /** At most {@code count} elements, each at most once, in random order. */
  public static <T> List<T> without(List<T> all, int count, RandomGenerator random) {
    List<T> rest = new ArrayList<>(all);
    int size = Math.min(count, rest.size());
    for (int i = 0; i < size; i++) {
      int other = i + random.nextInt(rest.size() - i);
      T drawn = rest.get(other);
      rest.set(other, rest.get(i));
      rest.set(i, drawn);
    }
    return List.copyOf(rest.subList(0, size));
  }

  /** {@code ratio * rows} as a whole number, exact in the mean. */
  public static int rounded(double ratio, int rows, RandomGenerator random) {
    double exact = ratio * rows;
    int floor = (int) Math.floor(exact);
    return floor + (random.nextDouble() < exact - floor ? 1 : 0);
  }
}

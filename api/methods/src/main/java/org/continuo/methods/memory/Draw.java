package org.continuo.methods.memory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.continuo.api.plugin.Stability;

/** Random draws from lists. */
@Stability(Stability.Level.EVOLVING)
public final class Draw {
  private Draw() {}

  /** At most {@code count} elements, each at most once, in random order. */
  public static <T> List<T> without(List<T> all, int count, RandomGenerator random) {
    List<T> rest = new ArrayList<>(all);
    int size = Math.min(count, rest.size());
    for (int i = 0; i < size; i++) {
      Collections.swap(rest, i, i + random.nextInt(rest.size() - i));
    }
    return List.copyOf(rest.subList(0, size));
  }

  /** All elements in random order. */
  public static <T> List<T> shuffled(List<T> all, RandomGenerator random) {
    List<T> shuffled = new ArrayList<>(all);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      Collections.swap(shuffled, i, random.nextInt(i + 1));
    }
    return List.copyOf(shuffled);
  }

  /** {@code ratio * rows} as a whole number, exact in the mean. */
  public static int rounded(double ratio, int rows, RandomGenerator random) {
    double exact = ratio * rows;
    int floor = (int) Math.floor(exact);
    return floor + (random.nextDouble() < exact - floor ? 1 : 0);
  }
}

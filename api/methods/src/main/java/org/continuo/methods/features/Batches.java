package org.continuo.methods.features;

import java.util.List;
import java.util.stream.IntStream;
import org.continuo.api.plugin.Stability;

/** Long lists in pieces that a model reads at once. */
@Stability(Stability.Level.EVOLVING)
public final class Batches {
  private Batches() {}

  /**
   * @param size at least 1
   * @return pieces of {@code size} elements in order, the last of them shorter where it does not
   *     come out even
   */
  public static <T> List<List<T>> of(List<T> all, int size) {
    return IntStream.iterate(0, start -> start < all.size(), start -> start + size)
        .mapToObj(start -> all.subList(start, Math.min(start + size, all.size())))
        .toList();
  }
}

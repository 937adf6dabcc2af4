package org.continuo.api.tensor;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.continuo.api.plugin.Stability;

/**
 * Looks for numbers that are none, so that no answer is made of them: a comparison with NaN is
 * false and picks an arbitrary one. Costs one sum where all is well.
 */
@Stability(Stability.Level.EVOLVING)
public final class Finiteness {
  private Finiteness() {}

  /**
   * What of an array is not finite, such as "3 of 64 numbers are NaN, 1 infinite"; empty if all of
   * it is finite.
   *
   * @param array float32 or float64, of any shape
   */
  public static Optional<String> problem(NDArray array) {
    try (NDArray sum = array.sum()) {
      if (Double.isFinite(sum.toArray()[0].doubleValue())) {
        return Optional.empty();
      }
    }
    long nan = count(array.isNaN());
    long infinite = count(array.isInfinite());
    return nan + infinite == 0 // large numbers overflow in the sum alone
        ? Optional.empty()
        : Optional.of(
            "%d of %d numbers are NaN, %d infinite".formatted(nan, array.size(), infinite));
  }

  /**
   * Refuses an array with NaN or infinities.
   *
   * @param what it is, as the subject of a sentence in the plural
   * @throws ArithmeticException if it has any
   */
  public static void require(NDArray array, String what) {
    problem(array)
        .ifPresent(
            found -> {
              throw new ArithmeticException(what + " are not finite: " + found);
            });
  }

  private static long count(NDArray flags) {
    try (flags) {
      long count = 0;
      for (boolean set : flags.toBooleanArray()) {
        count += set ? 1 : 0;
      }
      return count;
    }
  }
}

package org.continuo.core.train;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.continuo.api.tensor.Finiteness;
import org.continuo.api.tensor.Tensors;

/** Finds the array in which numbers stopped being numbers, and says so in a clause. */
final class Divergence {
  private Divergence() {}

  /**
   * The first that holds NaN or infinities; empty if none does.
   *
   * @param what each of them is: "parameter"
   */
  static Optional<String> find(String what, Tensors tensors) {
    return tensors.map().entrySet().stream()
        .flatMap(
            entry ->
                problem(entry.getValue())
                    .map(
                        found -> "%s '%s' is not finite: %s".formatted(what, entry.getKey(), found))
                    .stream())
        .findFirst();
  }

  /**
   * The first that is not finite or so large that its square is not: a norm layer would turn it
   * into zeros, and zeros into answers.
   */
  static Optional<String> findOverflow(String what, Tensors tensors) {
    return find(what, tensors)
        .or(
            () ->
                tensors.map().entrySet().stream()
                    .filter(entry -> !Double.isFinite(squares(entry.getValue())))
                    .map(
                        entry ->
                            "%s '%s' is so large that its square overflows"
                                .formatted(what, entry.getKey()))
                    .findFirst());
  }

  private static double squares(NDArray array) {
    try (NDArray square = array.square();
        NDArray sum = square.sum()) {
      return sum.toArray()[0].doubleValue();
    }
  }

  private static Optional<String> problem(NDArray array) {
    return array.getDataType().isFloating() ? Finiteness.problem(array) : Optional.empty();
  }
}

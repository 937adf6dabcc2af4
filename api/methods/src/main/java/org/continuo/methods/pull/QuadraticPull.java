package org.continuo.methods.pull;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Tensors;

/**
 * Squared distances to where parameters were before, over the names that all sides have. Scalars on
 * the graph; empty where no name is shared, as before the first anchor is kept.
 */
@Stability(Stability.Level.EVOLVING)
public final class QuadraticPull {
  private QuadraticPull() {}

  /** {@code sum_i (theta_i - theta*_i)^2}. */
  public static Optional<NDArray> of(Tensors now, Tensors anchor) {
    return sum(now.minus(anchor).square());
  }

  /**
   * {@code sum_i F_i (theta_i - theta*_i)^2}.
   *
   * @param importance F, of the shapes of the parameters
   */
  public static Optional<NDArray> of(Tensors now, Tensors anchor, Tensors importance) {
    return sum(importance.times(now.minus(anchor).square()));
  }

  private static Optional<NDArray> sum(Tensors terms) {
    return terms.isEmpty() ? Optional.empty() : Optional.of(terms.sum());
  }
}

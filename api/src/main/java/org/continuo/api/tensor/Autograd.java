package org.continuo.api.tensor;

import ai.djl.ndarray.NDArray;
import org.continuo.api.plugin.Stability;

/**
 * Scalars on the gradient graph.
 *
 * <p>DJL 0.35.1 frees the scalar of {@code mul(Number)}, {@code div(Number)}, {@code pow(Number)},
 * {@code maximum(Number)} and {@code scaleGradient} at the next garbage collection although
 * backward still reads it: gradients are then silently wrong. These forms keep the scalar until the
 * scope ends; an architecture test forbids the others.
 */
@Stability(Stability.Level.STABLE)
public final class Autograd {
  private Autograd() {}

  /** {@code factor * x}, shape of {@code x}, float32. */
  public static NDArray scale(NDArray x, double factor) {
    return x.mul(x.getManager().create((float) factor));
  }

  /**
   * Gradient reversal (Ganin and Lempitsky 2015, eq. 6): the value of {@code x}, and {@code
   * -weight} times the gradient.
   */
  public static NDArray reverseGradient(NDArray x, double weight) {
    return scale(x, -weight).add(scale(x, 1 + weight).stopGradient());
  }

  /**
   * The mean over positions with mask 1.
   *
   * @param x [B,S,d]
   * @param mask [B,S] of 0 and 1, at least one 1 per row
   * @return [B,d]
   */
  public static NDArray maskedMean(NDArray x, NDArray mask) {
    return x.mul(mask.expandDims(2)).sum(new int[] {1}).div(mask.sum(new int[] {1}, true));
  }
}

package org.continuo.methods.similarity;

import ai.djl.ndarray.NDArray;
import org.continuo.api.plugin.Stability;

/** Cosines of rows. */
@Stability(Stability.Level.EVOLVING)
public final class Cosine {
  /** Added to squared lengths, so that a row of zeros has cosine 0. */
  private static final float TINY = 1e-12f;

  private Cosine() {}

  /**
   * @param a [B,d]
   * @param b [K,d]
   * @return [B,K] in [-1,1], on the graph
   */
  public static NDArray of(NDArray a, NDArray b) {
    return unit(a).matMul(unit(b).transpose());
  }

  private static NDArray unit(NDArray x) {
    return x.div(x.square().sum(new int[] {-1}, true).add(TINY).sqrt());
  }
}

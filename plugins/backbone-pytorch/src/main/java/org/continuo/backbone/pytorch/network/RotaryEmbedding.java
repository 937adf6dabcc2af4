package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Turns the halves of each head against each other by the angle of their position: {@code (x1 cos -
 * x2 sin, x2 cos + x1 sin)}. Where less of a head turns, its end stays as it is.
 *
 * @param cosine [B or 1, S, 1, r] for the r elements that turn
 * @param sine [B or 1, S, 1, r], negative in the first half, so that swapping the halves is enough
 */
record RotaryEmbedding(NDArray cosine, NDArray sine) {
  /**
   * @param x [B,S,heads,h]
   */
  NDArray turn(NDArray x) {
    long turned = cosine.getShape().get(3);
    if (turned == x.getShape().get(3)) {
      return turnWhole(x);
    }
    NDList parts = x.split(new long[] {turned}, 3);
    return turnWhole(parts.get(0)).concat(parts.get(1), 3);
  }

  private NDArray turnWhole(NDArray x) {
    NDList halves = x.split(2, 3);
    return x.mul(cosine).add(halves.get(1).concat(halves.get(0), 3).mul(sine));
  }
}

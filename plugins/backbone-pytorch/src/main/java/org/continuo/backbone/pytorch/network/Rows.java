package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import org.continuo.api.tensor.Autograd;

/** Rows of a matrix by index, with a gradient that is the same on every run. */
final class Rows {
  private Rows() {}

  /**
   * @param table [V,d]
   * @param index int64, any shape
   * @return [..., d], in the scope of {@code index}
   */
  static NDArray of(NDArray table, NDArray index) {
    return Embedding.embedding(index, table, SparseFormat.DENSE).singletonOrThrow();
  }

  /**
   * The largest values over positions with mask 1.
   *
   * @param x [B,S,d]
   * @param mask [B,S] of 0 and 1, at least one 1 per row
   * @return [B,d]
   */
  static NDArray maskedMax(NDArray x, NDArray mask) {
    NDArray padding = Autograd.scale(mask.sub(1), -Sequence.HIDDEN);
    return x.add(padding.expandDims(2)).max(new int[] {1});
  }

  /**
   * @param hidden [B,S,d]
   * @param flat [R] int64, positions {@code b * S + s}
   * @return [R,d]
   */
  static NDArray gather(NDArray hidden, NDArray flat) {
    return of(hidden.reshape(-1, hidden.getShape().get(2)), flat);
  }
}

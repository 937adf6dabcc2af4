package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import java.util.OptionalDouble;
import org.continuo.api.tensor.Param;

/**
 * From final hidden states to logits.
 *
 * @param weight [V,d], the embedding table itself if they are tied
 * @param cap what logits stay below, see {@link NonLinearity#capped}
 */
record Head(Param weight, OptionalDouble cap) {

  /** [..., d] to [..., V]. */
  NDArray logits(NDArray hidden) {
    return NonLinearity.capped(cap, Projection.linear(hidden, weight));
  }

  /**
   * @param hidden [R,d]
   * @return [R,C] of these tokens alone
   */
  NDArray logits(NDArray hidden, long[] tokens) {
    NDArray rows = Rows.of(weight.value(), hidden.getManager().create(tokens));
    return NonLinearity.capped(cap, hidden.matMul(rows.transpose()));
  }
}

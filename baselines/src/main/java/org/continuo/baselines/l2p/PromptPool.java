package org.continuo.baselines.l2p;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.continuo.api.model.Prompts;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.tensor.Param;
import org.continuo.methods.similarity.Cosine;

/**
 * M prompts of L tokens with keys; each text takes the N whose keys are nearest to its query.
 *
 * @param prompts [M,L,d]
 * @param keys [M,d]
 * @param top N
 */
record PromptPool(Site site, Param prompts, Param keys, Router.Query query, int top)
    implements Prompts {

  @Override
  public List<Param> params() {
    return List.of(prompts, keys);
  }

  /** [B,N*L,d]. */
  @Override
  public NDArray prompts(Router.Input input) {
    NDArray chosen = nearest(input.query().orElseThrow()).get(1);
    Shape pool = prompts.shape();
    long rows = chosen.getShape().get(0);
    // a product with one-hot rows: indexing adds gradients in no fixed order
    NDArray oneHot = chosen.reshape(rows * top).oneHot((int) pool.get(0));
    NDArray flat = prompts.value().reshape(pool.get(0), pool.get(1) * pool.get(2));
    return oneHot.matMul(flat).reshape(rows, top * pool.get(1), pool.get(2));
  }

  /** {@code mean_b sum cos(q_b, k)} over the keys each row chose: a scalar. */
  NDArray closeness(NDArray query) {
    return nearest(query).get(0).sum(new int[] {1}).mean();
  }

  /** Cosines [B,N] of the nearest keys and their places [B,N]. */
  private NDList nearest(NDArray query) {
    return Cosine.of(query, keys.value()).topK(top, 1, true, true);
  }
}

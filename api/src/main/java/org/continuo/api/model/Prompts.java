package org.continuo.api.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Param;

/**
 * Soft prompts, before the token embeddings or before the keys and values of a layer.
 *
 * <p>As with a {@link Router}, whoever wires them gives the same object each time or one equal by
 * value: rows with equal wirings share a batch.
 */
@Stability(Stability.Level.EVOLVING)
public interface Prompts {
  /** Of kind {@code EMBEDDING} or {@code PREFIX}. */
  Site site();

  /**
   * @return [B,P,out] of the site: d wide at the embeddings, keys and then values of a layer at a
   *     prefix; the backbone extends mask and positions
   */
  NDArray prompts(Router.Input input);

  default Router.Query query() {
    return Router.Query.NONE;
  }

  List<Param> params();
}

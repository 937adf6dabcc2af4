package org.continuo.baselines.progressive;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.continuo.api.model.Prompts;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.tensor.Param;

/**
 * The prompt of one task.
 *
 * @param prompt [L,d]
 * @param network what it is read through while it trains
 */
record TaskPrompt(Site site, Param prompt, Optional<Network> network) implements Prompts {

  /**
   * {@code P + W2 relu(W1 P)}.
   *
   * @param inner W1 [n,d]
   * @param outer W2 [d,n]
   */
  record Network(Param inner, Param outer) {
    NDArray through(NDArray prompt) {
      NDArray hidden = Activation.relu(prompt.matMul(inner.value().transpose()));
      return prompt.add(hidden.matMul(outer.value().transpose()));
    }
  }

  @Override
  public List<Param> params() {
    List<Param> params = new ArrayList<>(List.of(prompt));
    network.ifPresent(n -> params.addAll(List.of(n.inner, n.outer)));
    return params;
  }

  /** [L,d] as the model reads it. */
  NDArray read() {
    return network.map(n -> n.through(prompt.value())).orElseGet(prompt::value);
  }

  /** [B,L,d], the same for every text. */
  @Override
  public NDArray prompts(Router.Input input) {
    long rows = input.mask().getShape().get(0);
    Shape one = prompt.shape();
    return read().expandDims(0).broadcast(new Shape(rows, one.get(0), one.get(1)));
  }
}

package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.continuo.api.model.LanguageModel;
import org.continuo.api.tensor.Param;

/**
 * Logits and generated text of a decoder.
 *
 * @param weight [V,d]
 */
record VocabularyHead(TransformerBackbone backbone, Param weight) implements LanguageModel {
  @Override
  public NDArray logits(NDArray hidden) {
    return Projection.linear(hidden, weight);
  }

  @Override
  public NDArray logits(NDArray hidden, long[] tokens) {
    NDArray rows = Rows.of(weight.value(), hidden.getManager().create(tokens));
    return hidden.matMul(rows.transpose());
  }

  /**
   * Routers and prompts with a query read that of the prompts throughout; a router that pools what
   * its site reads sees the new token alone, once the prompts are done. A row also ends at the
   * longest input of the model.
   */
  @Override
  public List<long[]> generate(Generation request) {
    return new Continuation(backbone, this, request).run();
  }
}

package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.continuo.api.model.LanguageModel;

/** Logits and generated text of a decoder. */
record VocabularyHead(TransformerBackbone backbone, Head head) implements LanguageModel {
  @Override
  public NDArray logits(NDArray hidden) {
    return head.logits(hidden);
  }

  @Override
  public NDArray logits(NDArray hidden, long[] tokens) {
    return head.logits(hidden, tokens);
  }

  /**
   * Routers and prompts with a query read that of the prompts throughout; a router that pools what
   * its site reads sees the new token alone, once the prompts are done. A row also ends at the
   * longest input of the model.
   */
  @Override
  public List<long[]> generate(Generation request) {
    return new Continuation(backbone, head, request).run();
  }
}

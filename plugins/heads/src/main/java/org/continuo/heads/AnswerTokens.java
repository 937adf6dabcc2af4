package org.continuo.heads;

import ai.djl.ndarray.NDArray;
import org.continuo.api.data.Batch;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.model.LanguageModel;

/** What heads that train on answer tokens have in common: one position per token, C = V columns. */
abstract class AnswerTokens implements Head {
  private final LanguageModel model;

  AnswerTokens(Host host) {
    this.model =
        host.backbone()
            .languageModel()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "backbone '%s' has no language-model head; use head { type = classification }"
                            .formatted(host.backbone().description().architecture())));
  }

  final LanguageModel model() {
    return model;
  }

  @Override
  public final NDArray scores(NDArray hidden, Batch batch) {
    return model.logits(hidden);
  }
}

package org.continuo.heads;

import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.plugin.Option;

/** Labels scored by the language-model head, in two ways. */
final class LabelScoring {
  private LabelScoring() {}

  /** What is compared. */
  enum Compare {
    /** The logits of the first token of each label, at the end of the prompt. */
    FIRST_TOKEN,
    /** The log-probabilities of whole labels, one pass per label. */
    WHOLE_ANSWER
  }

  /** How labels are compared. */
  public record Options(
      @Option(
              doc =
                  "first-token: one pass, labels must differ in their first token; whole-answer: any"
                      + " labels, one pass for each",
              value = "first-token")
          Compare compare) {}

  static Head create(Options options, Host host) {
    return switch (options.compare) {
      case FIRST_TOKEN -> new FirstTokenHead(host);
      case WHOLE_ANSWER -> new WholeAnswerHead(host);
    };
  }
}

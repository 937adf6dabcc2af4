package org.continuo.api.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.continuo.api.plugin.Stability;

/** What a backbone with a vocabulary head can do besides hidden states. */
@Stability(Stability.Level.EVOLVING)
public interface LanguageModel {
  /**
   * Vocabulary logits.
   *
   * @param hidden [R,d]
   * @return [R,V]
   */
  NDArray logits(NDArray hidden);

  /**
   * Logits of a few tokens, without computing the others.
   *
   * @param hidden [R,d]
   * @return [R,tokens.length], in the order of {@code tokens}
   */
  NDArray logits(NDArray hidden, long[] tokens);

  /** Greedy continuation with a key-value cache; the longest of a batch decides when it ends. */
  List<long[]> generate(Generation request);

  /**
   * @param prompts ids with their special tokens; at least one each
   * @param limit most new tokens per prompt
   * @param endIds a row ends at the first of these, which is not returned; none: only the limit
   */
  record Generation(Wiring wiring, List<long[]> prompts, int limit, List<Long> endIds) {
    public Generation {
      prompts = List.copyOf(prompts);
      endIds = List.copyOf(endIds);
      if (limit < 1) {
        throw new IllegalArgumentException("limit must be at least 1 token, found " + limit);
      }
    }
  }
}

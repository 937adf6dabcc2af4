package org.continuo.api.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
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

  /** Continues prompts token by token; the longest text of a batch decides when it ends. */
  List<long[]> generate(Generation request);

  /**
   * @param prompts ids with their special tokens; at least one each
   * @param limit most new tokens per prompt
   * @param endIds a row ends at the first of these, which is not returned; none: only the limit
   * @param sampling how tokens are drawn; empty: the likeliest is taken
   */
  record Generation(
      Wiring wiring,
      List<long[]> prompts,
      int limit,
      List<Long> endIds,
      Optional<Sampling> sampling) {
    public Generation {
      prompts = List.copyOf(prompts);
      endIds = List.copyOf(endIds);
      if (limit < 1) {
        throw new IllegalArgumentException("limit must be at least 1 token, found " + limit);
      }
      for (int prompt = 0; prompt < prompts.size(); prompt++) {
        if (prompts.get(prompt).length == 0) {
          throw new IllegalArgumentException(
              "prompt " + prompt + " has no tokens; expected at least one each");
        }
      }
    }

    /** Always the likeliest token. */
    public Generation(Wiring wiring, List<long[]> prompts, int limit, List<Long> endIds) {
      this(wiring, prompts, limit, endIds, Optional.empty());
    }

    public Generation sampled(Sampling how) {
      return new Generation(wiring, prompts, limit, endIds, Optional.of(how));
    }
  }
}

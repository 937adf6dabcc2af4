package org.continuo.api.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Finiteness;

/**
 * Picks the next token of each prompt of one request, as every backbone does: the likeliest, or one
 * drawn with the prompt's own generator. For one run through the request.
 */
@Stability(Stability.Level.EVOLVING)
public final class NextTokens {
  private final LanguageModel.Generation request;
  private final List<RandomGenerator> generators = new ArrayList<>();

  public NextTokens(LanguageModel.Generation request) {
    this.request = request;
    request
        .sampling()
        .ifPresent(
            sampling -> {
              for (int prompt = 0; prompt < request.prompts().size(); prompt++) {
                generators.add(sampling.generator(prompt));
              }
            });
  }

  /**
   * @param logits [B,V], a row per prompt; rows of texts that have ended are read like the others
   * @return B ids
   * @throws ArithmeticException if the largest of a row is no finite number
   */
  public long[] choose(NDArray logits) {
    try (NDArray largest = logits.max(new int[] {1})) {
      Finiteness.require(largest, "the largest logits of the next tokens");
    }
    if (request.sampling().isEmpty()) {
      return logits.argMax(1).toLongArray();
    }
    Sampling sampling = request.sampling().get();
    float[] values = logits.toFloatArray();
    int vocabulary = values.length / generators.size();
    long[] chosen = new long[generators.size()];
    for (int row = 0; row < chosen.length; row++) {
      float[] one = Arrays.copyOfRange(values, row * vocabulary, (row + 1) * vocabulary);
      chosen[row] = sampling.draw(one, generators.get(row));
    }
    return chosen;
  }
}

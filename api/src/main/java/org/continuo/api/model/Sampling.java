package org.continuo.api.model;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.continuo.api.plugin.Stability;

/**
 * How the next token is drawn where the likeliest one is not simply taken: from {@code
 * softmax(logits / temperature)}, cut to the {@code topK} likeliest tokens (Fan et al. 2018) and
 * then, of what is left, to the smallest set of likeliest tokens that holds a share of {@code topP}
 * (Holtzman et al. 2020).
 *
 * <p>Each prompt has a generator of its own, so a text depends neither on the prompts beside it nor
 * on how they are batched.
 *
 * @param temperature above 0; 1 leaves the model's distribution as it is, towards 0 the likeliest
 *     token is always drawn
 * @param topK at least 0; 0: all tokens
 * @param topP in (0,1]; 1: all tokens
 * @param seed of the generators of all prompts
 */
@Stability(Stability.Level.EVOLVING)
public record Sampling(double temperature, int topK, double topP, long seed) {
  /** From the state of one prompt's generator to the next one's; odd, so that no two coincide. */
  private static final long STRIDE = 0xD1342543DE82EF95L;

  public Sampling {
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw outside("temperature", temperature, "a number above 0; leave sampling out for 0");
    }
    if (topK < 0) {
      throw outside("topK", topK, "at least 0 tokens, 0 for all of them");
    }
    if (!(topP > 0 && topP <= 1)) {
      throw outside("topP", topP, "a share above 0 and at most 1, 1 for all tokens");
    }
  }

  private static IllegalArgumentException outside(String name, Number found, String expected) {
    return new IllegalArgumentException(
        "sampling: %s: found %s, expected %s".formatted(name, found, expected));
  }

  /** From the distribution of the model as it is. */
  public static Sampling of(long seed) {
    return new Sampling(1, 0, 1, seed);
  }

  /** The same for the prompts after the first ones: a request in parts gives the same texts. */
  public Sampling after(int prompts) {
    return new Sampling(temperature, topK, topP, seed + prompts * STRIDE);
  }

  /**
   * What the tokens of one prompt are drawn with, a fresh one each time.
   *
   * @param prompt its index in the request
   */
  public RandomGenerator generator(int prompt) {
    return new SplittableRandom(seed + prompt * STRIDE);
  }

  /**
   * Draws one token, by one number of the generator.
   *
   * @param logits [V]
   * @return its id
   * @throws IllegalArgumentException if no logit is finite or one is not a number
   */
  public int draw(float[] logits, RandomGenerator generator) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    if (!Double.isFinite(largest)) {
      throw new IllegalArgumentException(
          "logits: found %s as the largest, expected a finite number: the model has diverged"
              .formatted(largest));
    }
    double[] weights = new double[logits.length];
    for (int token = 0; token < weights.length; token++) {
      weights[token] = Math.exp((logits[token] - largest) / temperature);
    }
    if (topK > 0 || topP < 1) {
      cut(weights, logits);
    }
    double left = generator.nextDouble() * Arrays.stream(weights).sum();
    int drawn = -1;
    for (int token = 0; token < weights.length; token++) {
      if (weights[token] > 0) {
        drawn = token;
        left -= weights[token];
        if (left < 0) {
          break;
        }
      }
    }
    return drawn;
  }

  /** Leaves 0 for all but the tokens that may be drawn; of equal logits the first counts more. */
  private void cut(double[] weights, float[] logits) {
    long[] order = likeliestFirst(logits);
    int most = topK == 0 ? order.length : Math.min(topK, order.length);
    double whole = 0;
    for (int rank = 0; rank < most; rank++) {
      whole += weights[(int) order[rank]];
    }
    double share = 0;
    int kept = 0;
    while (kept < most && (kept == 0 || share < topP * whole)) {
      share += weights[(int) order[kept++]];
    }
    for (int rank = kept; rank < order.length; rank++) {
      weights[(int) order[rank]] = 0;
    }
  }

  /** Token ids, sorted as whole numbers that hold the logit above the id: V may be large. */
  private static long[] likeliestFirst(float[] logits) {
    long[] keys = new long[logits.length];
    for (int token = 0; token < keys.length; token++) {
      int bits = Float.floatToIntBits(logits[token]);
      int ascending = bits ^ (bits >> 31 & Integer.MAX_VALUE);
      keys[token] = (long) ~ascending << Integer.SIZE | token;
    }
    Arrays.sort(keys);
    for (int rank = 0; rank < keys.length; rank++) {
      keys[rank] &= Integer.MAX_VALUE;
    }
    return keys;
  }
}

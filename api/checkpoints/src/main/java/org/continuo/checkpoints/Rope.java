package org.continuo.checkpoints;

import org.continuo.api.plugin.Stability;

/**
 * Rotary position embeddings (Su et al. 2021): pair i of a head turns by {@code position *
 * frequency(i)}.
 *
 * @param theta base of the frequencies
 */
@Stability(Stability.Level.EVOLVING)
public record Rope(double theta, Scaling scaling) {
  /** How frequencies are stretched beyond the length a model was first trained on. */
  @FunctionalInterface
  public interface Scaling {
    Scaling NONE = frequency -> frequency;

    double apply(double frequency);

    /** All frequencies alike (Chen et al. 2023). */
    record Linear(double factor) implements Scaling {
      @Override
      public double apply(double frequency) {
        return frequency / factor;
      }
    }

    /**
     * Llama 3: slow frequencies are divided, fast ones kept, those between interpolated.
     *
     * @param low turns over the original length below which a frequency is slow
     * @param high turns over the original length above which it is fast
     * @param originalLength in tokens
     */
    record Llama3(double factor, double low, double high, double originalLength)
        implements Scaling {
      @Override
      public double apply(double frequency) {
        double turns = originalLength * frequency / (2 * Math.PI);
        double kept = Math.min(1, Math.max(0, (turns - low) / (high - low)));
        return (1 - kept) * frequency / factor + kept * frequency;
      }
    }
  }

  /** One frequency per pair, {@code headSize / 2} of them, in radians per token. */
  public float[] frequencies(int headSize) {
    float[] frequencies = new float[headSize / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = (float) scaling.apply(Math.pow(theta, -2.0 * i / headSize));
    }
    return frequencies;
  }
}

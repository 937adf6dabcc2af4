package org.continuo.checkpoints;

import java.util.List;
import java.util.function.LongSupplier;
import org.continuo.api.plugin.Stability;

/**
 * Rotary position embeddings (Su et al. 2021): pair i of a head turns by {@code position *
 * frequency(i)}.
 *
 * @param theta base of the frequencies
 * @param share of a head that turns, its beginning, above 0 and at most 1
 */
@Stability(Stability.Level.EVOLVING)
public record Rope(double theta, double share, Scaling scaling) {
  /** All of a head turns. */
  public Rope(double theta, Scaling scaling) {
    this(theta, 1, scaling);
  }

  /** How frequencies are stretched beyond the length a model was first trained on. */
  @FunctionalInterface
  public interface Scaling {
    Scaling NONE = (pair, frequency) -> frequency;

    double apply(int pair, double frequency);

    /** What cosines and sines are multiplied by. */
    default double magnitude() {
      return 1;
    }

    /**
     * The scaling of inputs of one length.
     *
     * @param length of the longest row of a batch, in tokens; asked for only if it matters
     */
    default Scaling at(LongSupplier length) {
      return this;
    }

    /** All frequencies alike (Chen et al. 2023). */
    record Linear(double factor) implements Scaling {
      @Override
      public double apply(int pair, double frequency) {
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
      public double apply(int pair, double frequency) {
        double turns = originalLength * frequency / (2 * Math.PI);
        double kept = Math.min(1, Math.max(0, (turns - low) / (high - low)));
        return (1 - kept) * frequency / factor + kept * frequency;
      }
    }

    /**
     * A divisor for each pair (Ding et al. 2024), others for inputs beyond the original length. The
     * longest row of a batch decides for all of them, as in the original library: rows within that
     * length give other answers beside one beyond it than alone.
     */
    record ByLength(PerPair within, PerPair beyond, long originalLength) implements Scaling {
      @Override
      public double apply(int pair, double frequency) {
        return within.apply(pair, frequency);
      }

      @Override
      public double magnitude() {
        return within.magnitude();
      }

      @Override
      public Scaling at(LongSupplier length) {
        return length.getAsLong() > originalLength ? beyond : within;
      }
    }

    /** A divisor for each pair. */
    record PerPair(List<Double> divisors, double magnitude) implements Scaling {
      public PerPair {
        divisors = List.copyOf(divisors);
      }

      @Override
      public double apply(int pair, double frequency) {
        return frequency / divisors.get(pair);
      }
    }
  }

  /** As it is for inputs of one length, see {@link Scaling#at}. */
  public Rope at(LongSupplier length) {
    return new Rope(theta, share, scaling.at(length));
  }

  /** How many elements at the beginning of a head turn, two for each frequency. */
  public int turned(int headSize) {
    return (int) (headSize * share);
  }

  /** One frequency per pair, {@code turned(headSize) / 2} of them, in radians per token. */
  public float[] frequencies(int headSize) {
    int turned = turned(headSize);
    float[] frequencies = new float[turned / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = (float) scaling.apply(i, Math.pow(theta, -2.0 * i / turned));
    }
    return frequencies;
  }
}

package org.continuo.checkpoints;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.continuo.api.plugin.Stability;

/**
 * {@code config.json} in the words of the field, the same for every family: all that an engine
 * needs to put a model together, so that it asks for the family no more.
 *
 * @param architecture class name of the original library
 * @param width of the hidden states
 * @param vocabulary rows of the embedding table
 * @param maximumLength longest input, in tokens
 * @param rotary how queries and keys turn; empty for learned absolute positions
 * @param head of decoders
 * @param pooling how a head that chooses among labels reads the final hidden states
 */
@Stability(Stability.Level.EVOLVING)
public record CheckpointConfig(
    Family family,
    String architecture,
    int layers,
    int width,
    int vocabulary,
    int maximumLength,
    Embeddings embeddings,
    Heads heads,
    Scores scores,
    Optional<Rotary> rotary,
    SlidingWindow window,
    FeedForward feedForward,
    Norms norms,
    Biases biases,
    Optional<Head> head,
    Pooling pooling) {

  /**
   * What is made of token ids before the first layer.
   *
   * @param scale of the rows of the token table
   * @param positionOffset row of the position table that belongs to the first token; empty: no
   *     table
   * @param tokenTypes rows of the token type table, of which the first is used; 0: no table
   * @param normed true if their sum is normed
   */
  public record Embeddings(
      double scale, OptionalInt positionOffset, int tokenTypes, boolean normed) {
    /** Rows of the token table as they are. */
    public static final Embeddings PLAIN = new Embeddings(1, OptionalInt.empty(), 0, false);
  }

  /**
   * @param count of query heads
   * @param keyValue heads of keys and values, each shared by {@code count / keyValue} query heads
   * @param size width of one head
   */
  public record Heads(int count, int keyValue, int size) {}

  /**
   * Attention scores, {@code scale * q k}, before what is hidden is taken out.
   *
   * @param overLayer true if layer i, counted from 0, divides the scale by i + 1
   * @param cap c of {@code c tanh(score / c)}
   */
  public record Scores(double scale, boolean overLayer, OptionalDouble cap) {
    /** By the root of the width of a head (Vaswani et al. 2017, eq. 1). */
    public static Scores over(Heads heads) {
      return new Scores(1 / Math.sqrt(heads.size()), false, OptionalDouble.empty());
    }

    public double scale(int layer) {
      return overLayer ? scale / (layer + 1) : scale;
    }
  }

  /**
   * @param full of layers with full attention
   * @param windowed of layers with a {@link SlidingWindow}
   */
  public record Rotary(Rope full, Rope windowed) {
    /** The same everywhere. */
    public static Rotary of(Rope rope) {
      return new Rotary(rope, rope);
    }
  }

  /**
   * @param size how many keys a query sees, itself included; in an encoder to both sides
   * @param layers where it applies; none: everywhere full attention
   */
  public record SlidingWindow(int size, Set<Integer> layers) {
    public static final SlidingWindow NONE = new SlidingWindow(Integer.MAX_VALUE, Set.of());

    public SlidingWindow {
      layers = Set.copyOf(layers);
    }

    /** Keys a query of this layer sees; more than any sequence has if attention is full. */
    public int at(int layer) {
      return layers.contains(layer) ? size : Integer.MAX_VALUE;
    }
  }

  /**
   * @param width inside the block
   * @param gated true for {@code W2 (act(W1 x) * W3 x)}, false for {@code W2 act(W3 x)}
   */
  public record FeedForward(int width, Activation activation, boolean gated) {}

  /**
   * @param queryKey true if each head's queries and keys are normed before they turn
   */
  public record Norms(Kind kind, Place place, double epsilon, boolean queryKey) {
    /** What a norm computes. */
    public enum Kind {
      ROOT_MEAN_SQUARE,
      /** The same, the weight stored as its distance from 1. */
      ROOT_MEAN_SQUARE_FROM_ONE,
      LAYER,
      LAYER_WITHOUT_SHIFT
    }

    /** Where the two parts of a layer are normed. */
    public enum Place {
      /** What a part reads; the final hidden states are normed too. */
      BEFORE,
      /** The sum of a part and what it read. */
      AFTER,
      /** What a part reads and what it gives; the final hidden states are normed too. */
      AROUND
    }
  }

  /** Which projections have a bias. */
  public record Biases(boolean queryKeyValue, boolean output, boolean feedForward) {}

  /**
   * The vocabulary head.
   *
   * @param tied true if it is the embedding table
   * @param cap c of {@code c tanh(logit / c)}
   */
  public record Head(boolean tied, OptionalDouble cap) {}

  /** True if the files need not hold a head. */
  public boolean tied() {
    return head.filter(Head::tied).isPresent();
  }

  /** How queries and keys of a layer turn. */
  public Optional<Rope> rope(int layer) {
    return rotary.map(r -> window.layers().contains(layer) ? r.windowed() : r.full());
  }

  /** The same with a vocabulary head of its own. */
  public CheckpointConfig untied() {
    return new CheckpointConfig(
        family,
        architecture,
        layers,
        width,
        vocabulary,
        maximumLength,
        embeddings,
        heads,
        scores,
        rotary,
        window,
        feedForward,
        norms,
        biases,
        head.map(known -> new Head(false, known.cap())),
        pooling);
  }

  /** Reads and checks {@code config.json}; empty, and problems, if it does not hold. */
  public static Optional<CheckpointConfig> read(CheckpointFolder folder, Problems problems) {
    Problems found = new Problems();
    Optional<CheckpointConfig> config =
        JsonReader.open(folder.config(), found).flatMap(ConfigParser::parse);
    problems.addAll(found);
    return config.filter(parsed -> found.isEmpty());
  }
}

package org.continuo.checkpoints;

import java.util.Optional;
import java.util.Set;
import org.continuo.api.plugin.Stability;

/**
 * {@code config.json} in the words of the field, the same for every family.
 *
 * @param architecture class name of the original library
 * @param width of the hidden states
 * @param inner width inside a feed-forward block
 * @param vocabulary rows of the embedding table
 * @param maximumLength longest input, in tokens
 * @param epsilon of all norms
 * @param queryKeyNorms true if each head's queries and keys are normed before they turn
 * @param rope empty for learned absolute positions
 * @param positionOffset row of the position table that belongs to the first token
 * @param tokenTypes rows of the token type table, of which the first is used; 0: no table
 * @param tied true if the embedding table is also the vocabulary head
 */
@Stability(Stability.Level.EVOLVING)
public record CheckpointConfig(
    Family family,
    String architecture,
    int layers,
    int width,
    int inner,
    int vocabulary,
    int maximumLength,
    Heads heads,
    Activation activation,
    double epsilon,
    Biases biases,
    boolean queryKeyNorms,
    Optional<Rope> rope,
    SlidingWindow window,
    int positionOffset,
    int tokenTypes,
    boolean tied) {

  /**
   * @param count of query heads
   * @param keyValue heads of keys and values, each shared by {@code count / keyValue} query heads
   * @param size width of one head
   */
  public record Heads(int count, int keyValue, int size) {}

  /** Which projections have a bias. */
  public record Biases(boolean queryKeyValue, boolean output, boolean feedForward) {}

  /**
   * @param size how many keys a query sees, itself included
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

  /** The same with a vocabulary head of its own. */
  public CheckpointConfig untied() {
    return new CheckpointConfig(
        family,
        architecture,
        layers,
        width,
        inner,
        vocabulary,
        maximumLength,
        heads,
        activation,
        epsilon,
        biases,
        queryKeyNorms,
        rope,
        window,
        positionOffset,
        tokenTypes,
        false);
  }

  /** Reads and checks {@code config.json}; empty, and problems, if it does not hold. */
  public static Optional<CheckpointConfig> read(CheckpointFolder folder, Problems problems) {
    Problems found = new Problems();
    Optional<CheckpointConfig> config =
        JsonReader.open(folder.config(), found).flatMap(json -> new ConfigParser(json).parse());
    problems.addAll(found);
    return config.filter(parsed -> found.isEmpty());
  }
}

package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.continuo.checkpoints.Rope;

/** All tokens of a batch at once, padded on the right. */
abstract class WholeSequence implements Sequence {
  /** A window and a number of keys, which together decide the bias of a layer. */
  private record View(int window, long keys) {}

  final NDArray mask;
  final int length;
  private final RotaryTables tables;
  private final Map<Rope, RotaryEmbedding> turns = new HashMap<>();
  private final Map<View, NDArray> biases = new HashMap<>();

  /**
   * @param mask [B,S]
   */
  WholeSequence(RotaryTables tables, NDArray mask) {
    this.tables = tables;
    this.mask = mask;
    this.length = Math.toIntExact(mask.getShape().get(1));
  }

  abstract NDArray makeBias(int window, int prefix);

  @Override
  public long[][] positions() {
    return new long[][] {LongStream.range(0, length).toArray()};
  }

  @Override
  public NDArray turn(Rope rope, NDArray x) {
    return turns
        .computeIfAbsent(
            rope, r -> tables.of(r.at(this::longest)).at(mask.getManager(), positions()))
        .turn(x);
  }

  /** Tokens of the longest row, without padding. */
  private long longest() {
    return (long) mask.sum(new int[] {1}).max().getFloat();
  }

  @Override
  public NDArray bias(int window, long keys) {
    return biases.computeIfAbsent(
        new View(Math.min(window, length), keys),
        view -> makeBias(view.window(), (int) (keys - length)));
  }

  @Override
  public KeysAndValues remember(int layer, KeysAndValues now) {
    return now;
  }

  /** A query sees the keys up to its own position. */
  static class Causal extends WholeSequence {
    Causal(RotaryTables tables, NDArray mask) {
      super(tables, mask);
    }

    /**
     * [S,T]. Padding needs no entry: it stands to the right, where no real query looks, and what
     * padded queries see is read by nobody.
     */
    @Override
    NDArray makeBias(int window, int prefix) {
      int keys = prefix + length;
      float[] bias = new float[length * keys];
      for (int query = 0; query < length; query++) {
        for (int key = 0; key < length; key++) {
          boolean seen = key <= query && query - key < window;
          bias[query * keys + prefix + key] = seen ? 0 : HIDDEN;
        }
      }
      return mask.getManager().create(bias, new Shape(length, keys));
    }
  }

  /** Every query sees every real token, or those within the window to both sides. */
  static final class Bidirectional extends WholeSequence {
    Bidirectional(RotaryTables tables, NDArray mask) {
      super(tables, mask);
    }

    /** [B,1,1,1,T], or [B,1,1,S,T] where a window makes it differ from query to query. */
    @Override
    NDArray makeBias(int window, int prefix) {
      NDManager manager = mask.getManager();
      long rows = mask.getShape().get(0);
      NDArray padding = mask.sub(1).mul(manager.create(-HIDDEN));
      NDArray all =
          prefix == 0 ? padding : manager.zeros(new Shape(rows, prefix)).concat(padding, 1);
      NDArray real = all.reshape(rows, 1, 1, 1, prefix + length);
      return window < length ? real.minimum(outside(window, prefix)) : real;
    }

    /** [S,T] */
    private NDArray outside(int window, int prefix) {
      int keys = prefix + length;
      float[] bias = new float[length * keys];
      for (int query = 0; query < length; query++) {
        for (int key = 0; key < length; key++) {
          bias[query * keys + prefix + key] = Math.abs(query - key) < window ? 0 : HIDDEN;
        }
      }
      return mask.getManager().create(bias, new Shape(length, keys));
    }
  }
}

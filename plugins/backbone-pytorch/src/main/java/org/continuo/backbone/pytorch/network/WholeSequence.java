package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

/** All tokens of a batch at once, padded on the right. */
abstract class WholeSequence implements Sequence {
  /** A window and a number of keys, which together decide the bias of a layer. */
  private record View(int window, long keys) {}

  final NDArray mask;
  final int length;
  private final Map<View, NDArray> biases = new HashMap<>();

  /**
   * @param mask [B,S]
   */
  WholeSequence(NDArray mask) {
    this.mask = mask;
    this.length = Math.toIntExact(mask.getShape().get(1));
  }

  abstract NDArray makeBias(int window, int prefix);

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
    private final RotaryEmbedding rotary;

    Causal(RotaryTable table, NDArray mask) {
      super(mask);
      long[][] positions = {LongStream.range(0, length).toArray()};
      this.rotary = table.at(mask.getManager(), positions);
    }

    @Override
    public NDArray turn(NDArray x) {
      return rotary.turn(x);
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

  /** Every query sees every real token. */
  static final class Bidirectional extends WholeSequence {
    Bidirectional(NDArray mask) {
      super(mask);
    }

    @Override
    public NDArray turn(NDArray x) {
      return x;
    }

    /** [B,1,1,1,T]. */
    @Override
    NDArray makeBias(int window, int prefix) {
      NDManager manager = mask.getManager();
      long rows = mask.getShape().get(0);
      NDArray padding = mask.sub(1).mul(manager.create(-HIDDEN));
      NDArray all =
          prefix == 0 ? padding : manager.zeros(new Shape(rows, prefix)).concat(padding, 1);
      return all.reshape(rows, 1, 1, 1, prefix + length);
    }
  }
}

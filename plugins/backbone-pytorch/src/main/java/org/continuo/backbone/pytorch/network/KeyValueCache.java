package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.continuo.checkpoints.Rope;

/**
 * Keys and values of a batch that is being continued token by token.
 *
 * <p>Rows stand as they are batched, padded on the right; new tokens are appended after the
 * padding. What tells them apart is their position, counted per row without padding, so a row gets
 * the same answer whatever its neighbours are, unless they are so long that all turn otherwise (see
 * {@link Rope.Scaling.ByLength}).
 *
 * <p>Arrays of one pass live in its scope. The next pass copies them into its own, so the scope of
 * a pass may close when the next one is done.
 */
final class KeyValueCache {
  private static final long PADDING = -1;

  private final RotaryTables tables;
  private final Map<Integer, Sequence.KeysAndValues> layers = new HashMap<>();

  /** [B][columns], position of each cached token, or {@link #PADDING}. */
  private long[][] positions = new long[0][];

  KeyValueCache(RotaryTables tables) {
    this.tables = tables;
  }

  /**
   * The pass over the prompts; what was kept before is forgotten.
   *
   * @param mask [B,S], soft prompts included
   */
  Sequence prompts(NDArray mask) {
    int length = Math.toIntExact(mask.getShape().get(1));
    float[] real = mask.toFloatArray();
    positions = new long[real.length / length][length];
    for (int row = 0; row < positions.length; row++) {
      for (int column = 0; column < length; column++) {
        positions[row][column] = real[row * length + column] > 0 ? column : PADDING;
      }
    }
    return new WholeSequence.Causal(tables, mask) {
      @Override
      public KeysAndValues remember(int layer, KeysAndValues now) {
        now.keys().attach(mask.getManager());
        now.values().attach(mask.getManager());
        layers.put(layer, now);
        return now;
      }
    };
  }

  /** The pass over one more token per row. */
  Sequence next(NDManager scope) {
    long[][] now = new long[positions.length][1];
    for (int row = 0; row < now.length; row++) {
      now[row][0] = Arrays.stream(positions[row]).max().orElse(PADDING) + 1;
      int columns = positions[row].length;
      positions[row] = Arrays.copyOf(positions[row], columns + 1);
      positions[row][columns] = now[row][0];
    }
    return new Next(scope, now);
  }

  /** Whether one more token lets all turn otherwise, so that the kept keys are of no use. */
  boolean outgrown(Set<Rope> ropes) {
    return ropes.stream()
        .anyMatch(rope -> !rope.at(this::length).equals(rope.at(() -> length() + 1)));
  }

  /** Of the longest row, in tokens. */
  private long length() {
    return IntStream.range(0, positions.length).mapToLong(this::last).max().orElse(PADDING) + 1;
  }

  /** The position of the last token of a row. */
  long last(int row) {
    return Arrays.stream(positions[row]).max().orElse(PADDING);
  }

  private final class Next implements Sequence {
    private final NDManager scope;
    private final long[][] now;
    private final Map<Rope, RotaryEmbedding> turns = new HashMap<>();

    Next(NDManager scope, long[][] now) {
      this.scope = scope;
      this.now = now;
    }

    @Override
    public long[][] positions() {
      return now;
    }

    @Override
    public NDArray turn(Rope rope, NDArray x) {
      return turns
          .computeIfAbsent(rope, r -> tables.of(r.at(KeyValueCache.this::length)).at(scope, now))
          .turn(x);
    }

    /** [B,1,1,1,T]. */
    @Override
    public NDArray bias(int window, long keys) {
      int columns = positions[0].length;
      int prefix = Math.toIntExact(keys) - columns;
      float[] bias = new float[now.length * (prefix + columns)];
      for (int row = 0; row < now.length; row++) {
        for (int column = 0; column < columns; column++) {
          long position = positions[row][column];
          boolean seen = position != PADDING && now[row][0] - position < window;
          bias[row * (prefix + columns) + prefix + column] = seen ? 0 : HIDDEN;
        }
      }
      return scope.create(bias, new Shape(now.length, 1, 1, 1, keys));
    }

    @Override
    public KeysAndValues remember(int layer, KeysAndValues token) {
      KeysAndValues before = layers.get(layer);
      KeysAndValues all =
          new KeysAndValues(
              append(before.keys(), token.keys()), append(before.values(), token.values()));
      layers.put(layer, all);
      return all;
    }

    private NDArray append(NDArray before, NDArray token) {
      NDArray all = before.concat(token, 2);
      // The first operand decided the scope; what follows belongs to this pass.
      all.attach(scope);
      return all;
    }
  }
}

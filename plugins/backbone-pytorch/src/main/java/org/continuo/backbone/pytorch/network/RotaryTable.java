package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.continuo.checkpoints.Rope;

/** Sines and cosines of all positions met so far, so that a pass only copies its own. */
final class RotaryTable {
  private final Rope rope;
  private final int headSize;
  private final int size;
  private float[] frequencies = new float[0];
  private float[] cosine = new float[0];
  private float[] sine = new float[0];

  /**
   * Computes nothing yet: a plan asks for no table.
   *
   * @param headSize of which the rope may turn a part
   */
  RotaryTable(Rope rope, int headSize) {
    this.rope = rope;
    this.headSize = headSize;
    this.size = rope.turned(headSize);
  }

  /**
   * @param positions of each token, one row for all or one per row of the batch
   */
  synchronized RotaryEmbedding at(NDManager manager, long[][] positions) {
    int length = positions[0].length;
    grow((int) Arrays.stream(positions).flatMapToLong(LongStream::of).max().orElse(0) + 1);
    float[] cosines = new float[positions.length * length * size];
    float[] sines = new float[cosines.length];
    int to = 0;
    for (long[] row : positions) {
      for (long position : row) {
        System.arraycopy(cosine, (int) position * size, cosines, to, size);
        System.arraycopy(sine, (int) position * size, sines, to, size);
        to += size;
      }
    }
    Shape shape = new Shape(positions.length, length, 1, size);
    return new RotaryEmbedding(manager.create(cosines, shape), manager.create(sines, shape));
  }

  private void grow(int length) {
    int known = cosine.length / size;
    if (length <= known) {
      return;
    }
    if (known == 0) {
      frequencies = rope.frequencies(headSize);
    }
    cosine = Arrays.copyOf(cosine, length * size);
    sine = Arrays.copyOf(sine, length * size);
    int half = frequencies.length;
    double magnitude = rope.scaling().magnitude();
    for (int position = known; position < length; position++) {
      for (int i = 0; i < half; i++) {
        int at = position * size + i;
        float angle = position * frequencies[i];
        cosine[at] = (float) (magnitude * Math.cos(angle));
        cosine[at + half] = cosine[at];
        sine[at + half] = (float) (magnitude * Math.sin(angle));
        sine[at] = -sine[at + half];
      }
    }
  }
}

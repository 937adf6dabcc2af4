package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Turns the halves of each head against each other by the angle of their position: {@code (x1 cos -
 * x2 sin, x2 cos + x1 sin)}.
 *
 * @param cosine [B or 1, S, 1, h]
 * @param sine [B or 1, S, 1, h], negative in the first half, so that swapping the halves is enough
 */
record RotaryEmbedding(NDArray cosine, NDArray sine) {
  /**
   * @param positions of each token, one row for all or one per row of the batch
   */
  static RotaryEmbedding at(NDManager manager, float[] frequencies, long[][] positions) {
    int half = frequencies.length;
    int size = 2 * half;
    int length = positions[0].length;
    float[] cosine = new float[positions.length * length * size];
    float[] sine = new float[cosine.length];
    int at = 0;
    for (long[] row : positions) {
      for (long position : row) {
        for (int i = 0; i < half; i++) {
          float angle = position * frequencies[i];
          cosine[at + i] = (float) Math.cos(angle);
          cosine[at + half + i] = cosine[at + i];
          sine[at + half + i] = (float) Math.sin(angle);
          sine[at + i] = -sine[at + half + i];
        }
        at += size;
      }
    }
    Shape shape = new Shape(positions.length, length, 1, size);
    return new RotaryEmbedding(manager.create(cosine, shape), manager.create(sine, shape));
  }

  /**
   * @param x [B,S,heads,h]
   */
  NDArray turn(NDArray x) {
    NDList halves = x.split(2, 3);
    return x.mul(cosine).add(halves.get(1).concat(halves.get(0), 3).mul(sine));
  }
}

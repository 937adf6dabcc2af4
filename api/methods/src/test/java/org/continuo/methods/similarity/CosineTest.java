package org.continuo.methods.similarity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

class CosineTest {
  @Test
  void ofEachRowWithEachVectorWhateverTheirLengths() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray rows = manager.create(new float[][] {{7, 0}, {-1, -1}, {0, 0}});
      NDArray vectors = manager.create(new float[][] {{3, 0}, {0, 0.5f}});
      float half = (float) -Math.sqrt(0.5);
      assertArrayEquals(
          new float[] {1, 0, half, half, 0, 0}, Cosine.of(rows, vectors).toFloatArray(), 1e-6f);
    }
  }
}

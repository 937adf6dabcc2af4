package org.continuo.methods.similarity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.NoSuchElementException;
import org.continuo.api.tensor.Tensors;
import org.junit.jupiter.api.Test;

class PrototypesTest {
  private static Prototypes plus(Prototypes before, String group, float[][] vectors, NDManager m) {
    return before.plus(
        group,
        consumer -> {
          // one vector at a time, as pieces of a long list come
          for (float[] vector : vectors) {
            consumer.accept(m.create(new float[][] {vector}));
          }
        },
        vectors.length,
        vectors[0].length,
        m);
  }

  /** Means (1,0) and (0,4); scatter diag(2,0) + diag(0,2) over four vectors: S = I/2. */
  private static Prototypes two(NDManager manager) {
    Prototypes first =
        plus(new Prototypes(Tensors.EMPTY), "a", new float[][] {{0, 0}, {2, 0}}, manager);
    return plus(first, "b", new float[][] {{0, 3}, {0, 5}}, manager);
  }

  @Test
  void meansScatterAndCount() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Prototypes learned = two(manager);
      assertArrayEquals(new float[] {1, 0}, learned.mean("a").toFloatArray(), 1e-6f);
      assertArrayEquals(new float[] {0, 4}, learned.mean("b").toFloatArray(), 1e-6f);
      Tensors kept = learned.statistics();
      assertArrayEquals(new float[] {2, 0, 0, 2}, kept.get("scatter").toFloatArray(), 1e-6f);
      assertEquals(4, kept.get("count").getFloat());
      assertEquals(
          List.of("count", "mean/a", "mean/b", "scatter"), List.copyOf(kept.map().keySet()));
    }
  }

  /** S with its ridge is (1/2 + 1/20) I. */
  @Test
  void theGaussianScoreByHand() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray scores =
          two(manager).gaussian(manager.create(new float[][] {{1, 0}, {0, 3}}), List.of("b", "a"));
      float s = 0.55f;
      assertArrayEquals(new float[] {-17 / s, 0, -1 / s, -10 / s}, scores.toFloatArray(), 1e-4f);
    }
  }

  /** From the centre (1/2,2): the means lie at (1/2,-2) and (-1/2,2). */
  @Test
  void theCosineByHand() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray scores =
          two(manager)
              .cosine(
                  manager.create(new float[][] {{1, 0}, {0.5f, 2}, {2.5f, 2.5f}}),
                  List.of("a", "b"));
      assertArrayEquals(new float[] {1, -1, 0, 0, 0, 0}, scores.toFloatArray(), 1e-6f);
    }
  }

  /** S is singular: three dimensions, two vectors. */
  @Test
  void fewerVectorsThanDimensionsWillDo() {
    try (NDManager manager = NDManager.newBaseManager()) {
      float[][] vectors = {{1, 0, 0}, {3, 0, 0}};
      Prototypes one = plus(new Prototypes(Tensors.EMPTY), "a", vectors, manager);
      NDArray score = one.gaussian(manager.create(new float[][] {{2, 1, 0}}), List.of("a"));
      // variances (1,0,0), their mean 1/3, a tenth of it on the diagonal
      assertEquals(-30, score.toFloatArray()[0], 1e-3);
    }
  }

  @Test
  void anUnknownGroupIsNamedWithThoseThereAre() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Prototypes learned = two(manager);
      assertEquals(
          "no tensor 'mean/c'; available: [count, mean/a, mean/b, scatter]",
          assertThrows(NoSuchElementException.class, () -> learned.mean("c")).getMessage());
    }
  }
}

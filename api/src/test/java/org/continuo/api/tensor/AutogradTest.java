package org.continuo.api.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.Test;

class AutogradTest {
  private static final Engine ENGINE = Engine.getEngine("PyTorch");

  @Test
  void scalingKeepsItsGradientOverAGarbageCollection() {
    for (int trial = 0; trial < 10; trial++) {
      try (NDManager scope = ENGINE.newBaseManager()) {
        NDArray x = scope.create(new float[] {1, 2, 3});
        x.setRequiresGradient(true);
        try (GradientCollector collector = ENGINE.newGradientCollector()) {
          NDArray y = Autograd.scale(x.square(), 0.5).sum();
          System.gc();
          collector.backward(y);
        }
        assertArrayEquals(new float[] {1, 2, 3}, x.getGradient().toFloatArray(), 1e-6f);
      }
    }
  }

  @Test
  void reversalLeavesTheValueAndTurnsTheGradient() {
    try (NDManager scope = ENGINE.newBaseManager()) {
      NDArray x = scope.create(new float[] {1, -2});
      x.setRequiresGradient(true);
      try (GradientCollector collector = ENGINE.newGradientCollector()) {
        NDArray y = Autograd.reverseGradient(x, 0.25);
        assertArrayEquals(new float[] {1, -2}, y.toFloatArray(), 1e-6f);
        collector.backward(y.square().sum());
      }
      assertArrayEquals(new float[] {-0.5f, 1}, x.getGradient().toFloatArray(), 1e-6f);
    }
  }

  @Test
  void maskedMeanReadsRealPositionsOnly() {
    try (NDManager scope = ENGINE.newBaseManager()) {
      NDArray x = scope.create(new float[] {1, 2, 3, 4, 100, 100}, new Shape(1, 3, 2));
      NDArray mask = scope.create(new float[] {1, 1, 0}, new Shape(1, 3));
      NDArray mean = Autograd.maskedMean(x, mask);
      assertEquals(new Shape(1, 2), mean.getShape());
      assertArrayEquals(new float[] {2, 3}, mean.toFloatArray(), 1e-6f);
    }
  }
}

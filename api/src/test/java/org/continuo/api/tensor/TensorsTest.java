package org.continuo.api.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TensorsTest {
  @Test
  void combinesByName() {
    try (NDManager scope = Engine.getEngine("PyTorch").newBaseManager()) {
      Tensors a =
          new Tensors(
              Map.of("x", scope.create(new float[] {1, 2}), "y", scope.create(new float[] {3})));
      Tensors b =
          new Tensors(
              Map.of("x", scope.create(new float[] {10, 20}), "z", scope.create(new float[] {5})));
      assertEquals(Set.of("x", "y", "z"), a.plus(b).map().keySet());
      assertArrayEquals(new float[] {11, 22}, a.plus(b).get("x").toFloatArray());
      assertEquals(Set.of("x"), a.minus(b).map().keySet());
      assertArrayEquals(new float[] {-9, -18}, a.minus(b).get("x").toFloatArray());
      assertEquals(50, a.dot(b), 1e-6);
      assertEquals(14, a.square().sum().getFloat(), 1e-6);
      assertArrayEquals(new float[] {0.5f, 1}, a.times(0.5).get("x").toFloatArray());
      assertEquals(
          "no tensor 'w'; available: [x, y]",
          assertThrows(NoSuchElementException.class, () -> a.get("w")).getMessage());
    }
  }
}

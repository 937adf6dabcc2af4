package org.continuo.baselines.agem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.continuo.api.tensor.Tensors;
import org.junit.jupiter.api.Test;

class AGemTest {
  private static Tensors tensors(NDManager manager, float a, float b, float c) {
    return new Tensors(
        Map.of("x", manager.create(new float[] {a, b}), "y", manager.create(new float[] {c})));
  }

  /** g.r = -6, r.r = 9: g' = g + 2/3 r. */
  @Test
  void whatIsAgainstTheReferenceIsTakenOut() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Tensors gradient = tensors(manager, 1, -4, 0);
      Tensors reference = tensors(manager, 2, 2, 1);
      Tensors projected = AGem.projected(gradient, reference);
      assertArrayEquals(
          new float[] {1 + 4 / 3f, -4 + 4 / 3f}, projected.get("x").toFloatArray(), 1e-6f);
      assertArrayEquals(new float[] {2 / 3f}, projected.get("y").toFloatArray(), 1e-6f);
      assertEquals(0, projected.dot(reference), 1e-5);
    }
  }

  @Test
  void whatAgreesStaysAsItIs() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Tensors gradient = tensors(manager, 1, -1, 0);
      assertSame(gradient, AGem.projected(gradient, tensors(manager, 1, 1, 5)));
    }
  }
}

package org.continuo.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.tensor.Tensors;
import org.junit.jupiter.api.Test;

class DivergenceTest {
  @Test
  void everyPrecisionIsLookedAt() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Tensors fine =
          new Tensors(
              Map.of(
                  "single", manager.create(new float[] {65536, -1}),
                  "double", manager.create(new double[] {1e150, -1})));
      assertEquals(Optional.empty(), Divergence.findOverflow("parameter", fine));
      assertEquals(
          Optional.of("parameter 'single' is so large that its square overflows"),
          Divergence.findOverflow(
              "parameter",
              new Tensors(Map.of("single", manager.create(new float[] {Float.MAX_VALUE})))));
      assertEquals(
          Optional.of("parameter 'double' is so large that its square overflows"),
          Divergence.findOverflow(
              "parameter", new Tensors(Map.of("double", manager.create(new double[] {1e200})))));
      assertEquals(
          Optional.of("tensor 'double' is not finite: 1 of 2 numbers are NaN, 0 infinite"),
          Divergence.find(
              "tensor",
              new Tensors(Map.of("double", manager.create(new double[] {Double.NaN, 1})))));
    }
  }
}

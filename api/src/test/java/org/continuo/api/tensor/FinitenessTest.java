package org.continuo.api.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FinitenessTest {
  private static Optional<String> problem(float... values) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      return Finiteness.problem(manager.create(values));
    }
  }

  @Test
  void numbersThatAreNoneAreCounted() {
    assertEquals(Optional.of("1 of 3 numbers are NaN, 0 infinite"), problem(1, Float.NaN, 2));
    assertEquals(
        Optional.of("0 of 4 numbers are NaN, 2 infinite"),
        problem(Float.POSITIVE_INFINITY, 0, Float.NEGATIVE_INFINITY, 1),
        "opposite infinities do not cancel out");
    assertEquals(Optional.empty(), problem(1, -2, 0));
    assertEquals(
        Optional.empty(), problem(3e38f, 3e38f, 3e38f), "a sum that overflows is no finding");
  }

  @Test
  void doublesCountTheSame() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      assertEquals(Optional.empty(), Finiteness.problem(manager.create(new double[] {1e300, -1})));
      assertEquals(
          Optional.of("1 of 2 numbers are NaN, 0 infinite"),
          Finiteness.problem(manager.create(new double[] {Double.NaN, 1})));
    }
  }

  @Test
  void theErrorNamesWhatTheyAre() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      assertEquals(
          "the scores of the head are not finite: 1 of 1 numbers are NaN, 0 infinite",
          assertThrows(
                  ArithmeticException.class,
                  () ->
                      Finiteness.require(
                          manager.create(new float[] {Float.NaN}), "the scores of the head"))
              .getMessage());
      Finiteness.require(manager.ones(new ai.djl.ndarray.types.Shape(2)), "ones");
    }
  }
}

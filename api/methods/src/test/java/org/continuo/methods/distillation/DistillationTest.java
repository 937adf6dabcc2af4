package org.continuo.methods.distillation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

class DistillationTest {
  /** T = 2: softmax (3/4, 1/4) against (1/2, 1/2), times T^2. */
  @Test
  void theDivergenceByHand() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray teacher = manager.create(new float[][] {{(float) (2 * Math.log(3)), 0}});
      NDArray student = manager.create(new float[][] {{7, 7}});
      double expected = 4 * (0.75 * Math.log(0.75 / 0.5) + 0.25 * Math.log(0.25 / 0.5));
      assertEquals(expected, Distillation.divergence(teacher, student, 2).getFloat(), 1e-6);
      assertEquals(0, Distillation.divergence(teacher, teacher, 2).getFloat());
      // the softmax of scores does not change with a constant, nor does the divergence
      NDArray shifted = teacher.add(manager.create(3f));
      assertEquals(0, Distillation.divergence(teacher, shifted, 2).getFloat(), 1e-6);
    }
  }

  @Test
  void rowsAddUp() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray teacher = manager.create(new float[][] {{1, 0, 2}, {-1, 3, 0}});
      NDArray student = manager.create(new float[][] {{0, 1, 0}, {2, 2, -2}});
      double each = 0;
      for (int r = 0; r < 2; r++) {
        String row = r + ":" + (r + 1);
        each += Distillation.divergence(teacher.get(row), student.get(row), 3).getFloat();
      }
      assertEquals(each, Distillation.divergence(teacher, student, 3).getFloat(), 1e-5);
    }
  }

  @Test
  void gapsCountWhereARowMayChoose() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray teacher = manager.create(new float[][] {{1, 0, 9}, {0, 0, 0}});
      NDArray student = manager.create(new float[][] {{3, 1, 0}, {0, -2, 5}});
      NDArray allowed = manager.create(new float[][] {{1, 1, 0}, {0, 1, 1}});
      // 4 + 1 in the first row, 4 + 25 in the second
      assertEquals(34, Distillation.squaredGap(teacher, student, allowed).getFloat());
    }
  }
}

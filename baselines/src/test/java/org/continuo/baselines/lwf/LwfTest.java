package org.continuo.baselines.lwf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.continuo.baselines.TinyRun;
import org.junit.jupiter.api.Test;

class LwfTest {
  /** T = 2: softmax (3/4, 1/4) against (1/2, 1/2), times T^2. */
  @Test
  void theDivergenceByHand() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray before = manager.create(new float[][] {{(float) (2 * Math.log(3)), 0}});
      NDArray now = manager.create(new float[][] {{7, 7}});
      double expected = 4 * (0.75 * Math.log(0.75 / 0.5) + 0.25 * Math.log(0.25 / 0.5));
      assertEquals(expected, Lwf.divergence(before, now, 2).getFloat(), 1e-6);
      assertEquals(0, Lwf.divergence(before, before, 2).getFloat());
    }
  }

  @Test
  void itIsZeroInTheFirstStepOfATaskAndNotAfter() {
    TinyRun.Left left = TinyRun.of("lwf").run();
    assertEquals(List.of(), left.term("task0", "distillation"));
    for (String task : List.of("task1", "task2")) {
      List<Double> terms = left.term(task, "distillation");
      assertEquals(0, terms.get(0), 1e-6);
      assertTrue(terms.stream().skip(1).allMatch(term -> term > 1e-6), terms.toString());
    }
  }

  @Test
  void itWorksOnTheScoresOfTheVocabularyToo() {
    TinyRun.Left left =
        TinyRun.of("lwf", "head={ type = label-scoring, compare = whole-answer }").run();
    List<Double> terms = left.term("task1", "distillation");
    assertEquals(0, terms.get(0), 1e-5);
    assertTrue(terms.get(terms.size() - 1) > 1e-5, terms.toString());
  }
}

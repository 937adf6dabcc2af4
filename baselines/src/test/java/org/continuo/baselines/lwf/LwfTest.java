package org.continuo.baselines.lwf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.continuo.baselines.TinyRun;
import org.junit.jupiter.api.Test;

class LwfTest {
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

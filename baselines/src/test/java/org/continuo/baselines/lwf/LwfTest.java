package org.continuo.baselines.lwf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.continuo.baselines.Baselines;
import org.continuo.testkit.TinyRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LwfTest {
  @TempDir private Path folder;

  @Test
  void itIsZeroInTheFirstStepOfATaskAndNotAfter() {
    TinyRun.Result result = Baselines.of("lwf").run(folder);
    assertEquals(List.of(), result.term("task0", "distillation"));
    for (String task : List.of("task1", "task2")) {
      List<Double> terms = result.term(task, "distillation");
      assertEquals(0, terms.get(0), 1e-6);
      assertTrue(terms.stream().skip(1).allMatch(term -> term > 1e-6), terms.toString());
    }
  }

  @Test
  void itWorksOnTheScoresOfTheVocabularyToo() {
    TinyRun.Result result =
        Baselines.of("lwf", "head={ type = label-scoring, compare = whole-answer }").run(folder);
    List<Double> terms = result.term("task1", "distillation");
    assertEquals(0, terms.get(0), 1e-5);
    assertTrue(terms.get(terms.size() - 1) > 1e-5, terms.toString());
  }
}

package org.continuo.baselines.derplusplus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.continuo.api.data.DataException;
import org.continuo.api.data.Example;
import org.continuo.baselines.Baselines;
import org.continuo.testkit.TinyRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoredMemoryTest {
  @TempDir private Path folder;

  @Test
  void neverHoldsMoreThanItsBudget() {
    ScoredMemory memory = new ScoredMemory(5);
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      Example example = new Example("t/train/" + i, "t", "text", "a");
      memory.offer(new ScoredMemory.Item(example, List.of((float) i)), random);
      assertEquals(Math.min(i + 1, 5), memory.size());
    }
    memory
        .draw(9, random)
        .forEach(
            item ->
                assertEquals("t/train/" + Math.round(item.scores().get(0)), item.example().id()));
  }

  /** Scores kept in the step before have moved by one step's worth. */
  @Test
  void scoresAreMatchedFromTheSecondStepOn() {
    TinyRun.Result result = Baselines.of("der-plus-plus").run(folder);
    List<Double> terms = result.term("task0", "der-scores");
    assertTrue(terms.get(0) > 0 && terms.get(0) < 0.5, terms.toString());
    assertEquals(5, terms.size());
    assertEquals(5, result.term("task0", "der-labels").size());
  }

  @Test
  void aHeadWithoutLabelsIsRefusedInThePlan() {
    DataException refused =
        assertThrows(
            DataException.class,
            () ->
                Baselines.of(
                        "der-plus-plus", "head={ type = label-scoring, compare = whole-answer }")
                    .run(folder));
    assertTrue(refused.getMessage().contains("keeps one score per label"), refused.getMessage());
  }
}

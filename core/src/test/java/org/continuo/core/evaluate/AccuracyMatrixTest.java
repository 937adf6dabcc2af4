package org.continuo.core.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccuracyMatrixTest {
  @Test
  void growsByStages() {
    AccuracyMatrix start =
        AccuracyMatrix.start(List.of("a", "b"), Optional.empty(), List.of(10, 20));
    AccuracyMatrix one = start.withStage(List.of(.9, .1));
    AccuracyMatrix two = one.withStage(List.of(.8, .7));
    assertFalse(one.finished());
    assertTrue(two.finished());
    assertEquals(.1, two.score(0, 1));
    assertEquals(List.of(), start.scores());
  }

  @Test
  void keepsCopies() {
    List<Double> row = new ArrayList<>(List.of(.9));
    List<List<Double>> rows = new ArrayList<>(List.of(row));
    AccuracyMatrix matrix = new AccuracyMatrix(List.of("a"), rows, Optional.of(row), List.of(5));
    row.set(0, .0);
    rows.clear();
    assertEquals(.9, matrix.score(0, 0));
    assertEquals(List.of(.9), matrix.zeroShot().orElseThrow());
  }

  @Test
  void namesEveryProblemAtOnce() {
    Exception thrown =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new AccuracyMatrix(
                    List.of("a", "a"),
                    List.of(List.of(.5), List.of(.5, Double.NaN), List.of(.1, .2)),
                    Optional.of(List.of(.1)),
                    List.of(0)));
    assertEquals(
        "accuracy matrix: task names [a, a] are not all different; 3 stages, expected at most one"
            + " per task: 2; stage 0 has 1 scores, expected one per task: 2; stage 1, task 1 is"
            + " NaN, expected a number; zero-shot has 1 scores, expected one per task: 2; 1 counts"
            + " of test examples, expected one per task: 2; a count of test examples is 0,"
            + " expected at least 1",
        thrown.getMessage());
  }

  @Test
  void needsATask() {
    Exception thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> AccuracyMatrix.start(List.of(), Optional.empty(), List.of()));
    assertEquals("accuracy matrix: no tasks, expected at least one", thrown.getMessage());
  }
}

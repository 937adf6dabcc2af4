package org.continuo.moecl.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.continuo.api.data.Task;
import org.continuo.api.data.Template;
import org.continuo.moecl.GivenStep;
import org.junit.jupiter.api.Test;

/** A task of 100 steps, as its two losses go: what is said of it, and from where on it is lost. */
class TakeoverTest {
  private static final int STEPS = 100;

  private final List<String> warnings = new ArrayList<>();

  private void train(DoubleUnaryOperator crossEntropy, DoubleUnaryOperator taskLoss) {
    Task task = new Task("amazon", 1, new Template("{text}"), List.of("a", "b", "c", "d", "e"));
    Takeover takeover = new Takeover(task, warnings::add);
    for (int i = 0; i < STEPS; i++) {
      takeover.see(
          crossEntropy.applyAsDouble(i),
          taskLoss.applyAsDouble(i),
          3,
          new GivenStep(i, STEPS, List.of()));
    }
  }

  /** As seen of the published form on a sentence encoder: 1.8 at first, 20 at step 40, then 107. */
  private static double withoutBound(double step) {
    return Math.min(1.6 * Math.exp(step / 16), 107);
  }

  @Test
  void aPushWithoutEndUnderATaskThatIsNotLearnedIsWarnedOfAndThenStops() {
    ArithmeticException e =
        assertThrows(
            ArithmeticException.class, () -> train(TakeoverTest::withoutBound, step -> 1.65));
    assertEquals(
        "the adversary has taken over: task 'amazon', step 50 of 100: the discriminator's"
            + " cross-entropy is 26.2 and rising, where one that knows nothing of 3 tasks has 1.1,"
            + " and the task's loss went from 1.65 to 1.65; the shared expert is pushed without end:"
            + " take mode = improved, whose push is bounded, or lower adversary.weight or"
            + " training.learning-rate",
        e.getMessage());
    assertEquals(1, warnings.size());
    assertTrue(
        warnings.get(0).startsWith("the adversary begins to take over: task 'amazon', step 30 of"),
        warnings.toString());
  }

  @Test
  void aTaskThatIsLearnedAllTheSameGoesOn() {
    train(TakeoverTest::withoutBound, step -> 1.65 - step / 100);
    assertEquals(1, warnings.size());
  }

  @Test
  void aNewTaskBeginsHighAndATaskThatIsHardToLearnIsNotLost() {
    train(step -> 1 + 40 * Math.exp(-step / 10), step -> 1.65);
    assertEquals(List.of(), warnings);
  }
}

package org.continuo.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.continuo.core.experiment.Training.Schedule;
import org.junit.jupiter.api.Test;

class LearningRateTest {
  @Test
  void risesInAStraightLineThenFollowsItsSchedule() {
    LearningRate linear = new LearningRate(Schedule.LINEAR, 0.2, 10);
    assertEquals(0.5, linear.factor(0));
    assertEquals(1, linear.factor(1));
    assertEquals(1, linear.factor(2));
    assertEquals(0.125, linear.factor(9));
    LearningRate cosine = new LearningRate(Schedule.COSINE, 0, 4);
    assertEquals(1, cosine.factor(0));
    assertEquals(0.5, cosine.factor(2), 1e-12);
    assertEquals(0.14644660940672624, cosine.factor(3), 1e-12);
    assertEquals(1, new LearningRate(Schedule.CONSTANT, 0, 4).factor(3));
  }
}

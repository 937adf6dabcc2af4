package org.continuo.suite.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.continuo.results.Interval;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static double mean(int[] drawn, double[] items) {
    return Arrays.stream(drawn).mapToDouble(i -> items[i]).average().orElseThrow();
  }

  @Test
  void theIntervalOfAMeanIsThatOfTheNormalApproximation() {
    Random random = new Random(7);
    double[] items = IntStream.range(0, 400).mapToDouble(i -> random.nextGaussian()).toArray();
    double mean = Arrays.stream(items).average().orElseThrow();
    double variance =
        Arrays.stream(items).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    double half = 1.96 * Math.sqrt(variance / items.length);
    Interval interval =
        new Bootstrap(4000, 1, 0.95)
            .intervals(List.of(400), drawn -> new double[] {mean(drawn.get(0), items)})
            .get(0)
            .orElseThrow();
    assertEquals(mean - half, interval.low(), 0.15 * half);
    assertEquals(mean + half, interval.high(), 0.15 * half);
  }

  @Test
  void itHoldsTheTruthAboutAsOftenAsItsLevel() {
    int held = 0;
    for (int trial = 0; trial < 300; trial++) {
      Random random = new Random(trial);
      double[] items = IntStream.range(0, 60).mapToDouble(i -> random.nextDouble()).toArray();
      Interval interval =
          new Bootstrap(400, trial, 0.9)
              .intervals(List.of(60), drawn -> new double[] {mean(drawn.get(0), items)})
              .get(0)
              .orElseThrow();
      held += interval.low() <= 0.5 && 0.5 <= interval.high() ? 1 : 0;
    }
    // 270 expected, with a standard deviation of 5.2
    assertTrue(held >= 250 && held <= 288, "held in " + held + " of 300");
  }

  @Test
  void itemsAreDrawnWithinTheirStratum() {
    new Bootstrap(50, 1, 0.95)
        .intervals(
            List.of(3, 7),
            drawn -> {
              assertEquals(3, drawn.get(0).length);
              assertEquals(7, drawn.get(1).length);
              assertTrue(Arrays.stream(drawn.get(0)).allMatch(i -> i < 3));
              assertTrue(Arrays.stream(drawn.get(1)).allMatch(i -> i < 7));
              return new double[] {0};
            });
  }

  @Test
  void theSeedDecides() {
    double[] items = {1, 5, 2, 8, 3, 9, 4};
    List<Optional<Interval>> first = intervals(1, items);
    assertEquals(first, intervals(1, items));
    assertNotEquals(first, intervals(2, items));
  }

  private static List<Optional<Interval>> intervals(long seed, double[] items) {
    return new Bootstrap(200, seed, 0.95)
        .intervals(List.of(items.length), drawn -> new double[] {mean(drawn.get(0), items)});
  }

  @Test
  void whatIsSeldomDefinedHasNoInterval() {
    List<Optional<Interval>> intervals =
        new Bootstrap(2000, 1, 0.95)
            .intervals(
                List.of(3),
                drawn -> {
                  long distinct = Arrays.stream(drawn.get(0)).distinct().count();
                  return new double[] {
                    distinct == 1 ? 1 : Double.NaN, distinct > 1 ? 2 : Double.NaN
                  };
                });
    // one of three alone: 1/9 of the resamples
    assertEquals(List.of(Optional.empty(), Optional.of(new Interval(2, 2))), intervals);
  }
}

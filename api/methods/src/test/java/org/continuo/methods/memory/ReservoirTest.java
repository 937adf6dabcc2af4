package org.continuo.methods.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReservoirTest {
  @Test
  void holdsEachItemEquallyOftenAndNeverMoreThanItsBudget() {
    int trials = 4000;
    int[] times = new int[30];
    for (int trial = 0; trial < trials; trial++) {
      Random random = new Random(trial);
      Reservoir<Integer> reservoir = new Reservoir<>(6);
      for (int i = 0; i < 30; i++) {
        reservoir.offer(i, random);
        assertEquals(Math.min(i + 1, 6), reservoir.items().size());
      }
      reservoir.items().forEach(i -> times[i]++);
    }
    assertEquals(6 * trials, Arrays.stream(times).sum());
    double expected = trials * 6 / 30.0;
    // five standard deviations of a binomial count
    double bound = 5 * Math.sqrt(expected * 0.8);
    IntStream.range(0, 30).forEach(i -> assertEquals(expected, times[i], bound, "item " + i));
  }

  @Test
  void goesOnAsIfNeverInterrupted() {
    Random random = new Random(7);
    Reservoir<Integer> whole = new Reservoir<>(4);
    IntStream.range(0, 20).forEach(i -> whole.offer(i, random));
    Random again = new Random(7);
    Reservoir<Integer> first = new Reservoir<>(4);
    IntStream.range(0, 9).forEach(i -> first.offer(i, again));
    Reservoir<Integer> second = new Reservoir<>(4, first.items(), first.offered());
    IntStream.range(9, 20).forEach(i -> second.offer(i, again));
    assertEquals(whole.items(), second.items());
    assertEquals(20, second.offered());
    assertEquals(List.of(0, 1, 2, 3), new Reservoir<>(4, List.of(0, 1, 2, 3), 4).items());
  }
}

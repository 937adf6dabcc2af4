package org.continuo.methods.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.continuo.api.data.Example;
import org.continuo.methods.memory.Memory.Per;
import org.continuo.methods.memory.Memory.Select;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
  /** {@code counts[l]} examples of label l. */
  private static List<Example> task(String name, int... counts) {
    List<Example> all = new ArrayList<>();
    for (int label = 0; label < counts.length; label++) {
      for (int i = 0; i < counts[label]; i++) {
        all.add(new Example(name + "/train/" + label + "-" + i, name, "text", "label" + label));
      }
    }
    return all;
  }

  /** Each task offered to a selection that starts from what the last one kept, as the host does. */
  private static Selection filled(Select select, int budget, Per per, List<List<Example>> tasks) {
    Memory.Options options = new Memory.Options(select, budget, per);
    Random random = new Random(1);
    Selection selection = new Selection(options, List.of(), 0);
    long offered = 0;
    for (List<Example> task : tasks) {
      selection = new Selection(options, selection.examples(), offered);
      selection.add(
          task,
          random,
          all -> all.stream().map(e -> new float[] {e.id().hashCode() % 7, 1}).toList());
      offered += task.size();
    }
    return selection;
  }

  private static Map<String, Long> perClass(Selection selection) {
    return selection.examples().stream()
        .collect(
            Collectors.groupingBy(
                e -> e.task().orElseThrow() + "/" + e.answer(), Collectors.counting()));
  }

  @ParameterizedTest
  @CsvSource({
    "RESERVOIR, TOTAL, 10",
    "RESERVOIR, TASK, 30",
    "RESERVOIR, CLASS, 70",
    "CLASS_BALANCED, TOTAL, 10",
    "CLASS_BALANCED, TASK, 30",
    "CLASS_BALANCED, CLASS, 70",
    "HERDING, TOTAL, 10",
    "HERDING, TASK, 30",
    "HERDING, CLASS, 70"
  })
  void keepsAsManyAsTheBudgetAllowsAndNoneTwice(Select select, Per per, int expected) {
    List<List<Example>> tasks =
        List.of(task("a", 20, 20), task("b", 20, 20, 20), task("c", 20, 20));
    for (int met = 1; met <= tasks.size(); met++) {
      List<List<Example>> past = tasks.subList(0, met);
      List<Example> kept = filled(select, 10, per, past).examples();
      assertTrue(kept.size() <= expected, kept.size() + " examples");
      assertEquals(kept.size(), new HashSet<>(kept).size());
      assertTrue(past.stream().flatMap(List::stream).toList().containsAll(kept));
    }
    assertEquals(expected, filled(select, 10, per, tasks).examples().size());
  }

  @Test
  void balancedClassesDifferByOneAtMost() {
    Selection selection =
        filled(
            Select.CLASS_BALANCED,
            14,
            Per.TOTAL,
            List.of(task("a", 50, 5), task("b", 9, 30, 30), task("c", 1)));
    // six classes: one has a single example, 13 remain for five
    assertEquals(
        Map.of(
            "a/label0",
            3L,
            "a/label1",
            3L,
            "b/label0",
            3L,
            "b/label1",
            2L,
            "b/label2",
            2L,
            "c/label0",
            1L),
        perClass(selection));
  }

  @Test
  void quotasFillUpWhatSmallGroupsLeave() {
    assertEquals(List.of(1, 5, 4), Quotas.even(10, List.of(1, 20, 20)));
    assertEquals(List.of(1, 2), Quotas.even(10, List.of(1, 2)));
    assertEquals(List.of(1, 1, 0), Quotas.even(2, List.of(9, 9, 9)));
  }

  /** Every example of 40 is kept in about 10 of 40 cases. */
  @Test
  void aReservoirKeepsEachExampleEquallyOften() {
    Map<String, Integer> times = new HashMap<>();
    int trials = 2000;
    for (int trial = 0; trial < trials; trial++) {
      Selection selection =
          new Selection(new Memory.Options(Select.RESERVOIR, 10, Per.TOTAL), List.of(), 0);
      Random random = new Random(trial);
      selection.add(task("a", 15), random, all -> List.of());
      selection.add(task("b", 25), random, all -> List.of());
      selection.examples().forEach(e -> times.merge(e.id(), 1, Integer::sum));
    }
    assertEquals(40, times.size());
    double expected = trials * 10 / 40.0;
    // five standard deviations of a binomial count
    double bound = 5 * Math.sqrt(expected * 0.75);
    times.forEach((id, count) -> assertEquals(expected, count, bound, id));
  }

  /** Unit vectors at 0, 90 and 40 degrees: the mean is at 43 degrees, so the third comes first. */
  @Test
  void herdingFollowsTheMean() {
    List<float[]> features =
        List.of(
            new float[] {2, 0},
            new float[] {0, 5},
            new float[] {
              (float) Math.cos(Math.toRadians(40)), (float) Math.sin(Math.toRadians(40))
            });
    assertEquals(2, Herding.order(features, 1).get(0));
    // with the third chosen, the sum of all three directions is met best by the second, then the
    // first
    assertEquals(List.of(2, 1, 0), Herding.order(features, 9));
  }

  @Test
  void drawsAreWithoutReplacementAndCountsExactInTheMean() {
    List<Integer> all = IntStream.range(0, 9).boxed().toList();
    List<Integer> drawn = Draw.without(all, 5, new Random(3));
    assertEquals(5, new HashSet<>(drawn).size());
    assertEquals(9, Draw.without(all, 100, new Random(3)).size());
    Random random = new Random(4);
    double sum = IntStream.range(0, 20000).map(i -> Draw.rounded(0.3, 8, random)).sum();
    assertEquals(2.4, sum / 20000, 0.02);
    assertEquals(8, Draw.rounded(1, 8, random));
  }
}

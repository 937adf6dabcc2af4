package org.continuo.core.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.continuo.api.result.MetricDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContinualMetricsTest {
  private static final List<String> TASKS = List.of("a", "b", "c", "d");
  private static final List<List<Double>> SCORES =
      List.of(
          List.of(.90, .30, .20, .25),
          List.of(.94, .85, .35, .30),
          List.of(.86, .70, .80, .40),
          List.of(.75, .88, .65, .90));
  private static final List<Double> UNTRAINED = List.of(.25, .22, .24, .26);
  private static final AccuracyMatrix GOLDEN =
      new AccuracyMatrix(TASKS, SCORES, Optional.of(UNTRAINED), List.of(100, 300, 50, 50));

  /** The figures up to forward transfer were computed with the packages that report them. */
  @ParameterizedTest
  @CsvSource({
    "acc.final, 0.7950",
    "aia, 0.844167",
    "la, 0.8625",
    "bwt.gem, -0.0900",
    "bwt.all-pairs, -0.0700",
    "forgetting.first-last, 0.0900",
    "forgetting.chaudhry, 0.103333",
    "forgetting.clamped, 0.113333",
    "fwt.gem, 0.1100",
    "fwt.no-baseline, 0.3000",
    "acc.all-average, 0.626875",
    // (75 + 264 + 32.5 + 45) / 500
    "acc.final-samples, 0.8330",
    // (0.9 + (94 + 255) / 400 + (86 + 210 + 40) / 450 + 0.833) / 4
    "aia.samples, 0.838042"
  })
  void givesTheGoldenFigures(String name, double expected) {
    assertEquals(expected, ContinualMetrics.of(GOLDEN).get(name), 5e-7, name);
  }

  @Test
  void definesWhatItGivesInTheSameOrder() {
    List<String> defined =
        ContinualMetrics.definitions().stream().map(MetricDefinition::name).toList();
    assertEquals(defined, new ArrayList<>(ContinualMetrics.of(GOLDEN).keySet()));
    assertEquals(defined.size(), new HashSet<>(defined).size());
    for (MetricDefinition metric : ContinualMetrics.definitions()) {
      assertEquals(metric.name().startsWith("forgetting."), !metric.higherIsBetter());
      for (String text :
          List.of(metric.title(), metric.definition(), metric.formula(), metric.source())) {
        assertFalse(text.isBlank(), metric.name());
        assertFalse(text.contains("\n"), metric.name());
      }
    }
  }

  @Test
  void oneTaskHasNoTransferAndNoForgetting() {
    AccuracyMatrix one =
        new AccuracyMatrix(
            List.of("a"), List.of(List.of(.8)), Optional.of(List.of(.1)), List.of(10));
    assertEquals(
        Set.of("acc.final", "acc.final-samples", "aia", "aia.samples", "acc.all-average", "la"),
        ContinualMetrics.of(one).keySet());
    assertTrue(ContinualMetrics.of(one).values().stream().allMatch(value -> value == .8));
  }

  @Test
  void withoutZeroShotOnlyForwardTransferIsMissing() {
    Map<String, Double> without =
        ContinualMetrics.of(
            new AccuracyMatrix(TASKS, SCORES, Optional.empty(), GOLDEN.testExamples()));
    Set<String> missing = new HashSet<>(ContinualMetrics.of(GOLDEN).keySet());
    missing.removeAll(without.keySet());
    assertEquals(Set.of("fwt.gem"), missing);
  }

  @Test
  void anUnfinishedRunHasNone() {
    AccuracyMatrix matrix =
        AccuracyMatrix.start(TASKS, Optional.of(UNTRAINED), GOLDEN.testExamples());
    for (List<Double> row : SCORES) {
      assertEquals(Map.of(), ContinualMetrics.of(matrix));
      matrix = matrix.withStage(row);
    }
    assertEquals(ContinualMetrics.of(GOLDEN), ContinualMetrics.of(matrix));
  }

  @Test
  void improvementIsNegativeForgettingUnlessClamped() {
    AccuracyMatrix improved =
        new AccuracyMatrix(
            List.of("a", "b"),
            List.of(List.of(.5, .2), List.of(.7, .9)),
            Optional.empty(),
            List.of(1, 1));
    Map<String, Double> metrics = ContinualMetrics.of(improved);
    assertEquals(.2, metrics.get("bwt.gem"), 1e-12);
    assertEquals(-.2, metrics.get("forgetting.first-last"), 1e-12);
    assertEquals(-.2, metrics.get("forgetting.chaudhry"), 1e-12);
    assertEquals(0, metrics.get("forgetting.clamped"), 1e-12);
  }

  @Test
  void aTaskBestBeforeItsTrainingCountsOnlyWhenClamped() {
    AccuracyMatrix dropped =
        new AccuracyMatrix(
            List.of("a", "b", "c"),
            List.of(List.of(.5, .9, .1), List.of(.5, .6, .1), List.of(.5, .6, .8)),
            Optional.empty(),
            List.of(1, 1, 1));
    assertEquals(0, ContinualMetrics.of(dropped).get("forgetting.chaudhry"), 1e-12);
    assertEquals(.15, ContinualMetrics.of(dropped).get("forgetting.clamped"), 1e-12);
  }

  @Test
  void noTransferIsNotMinusZero() {
    AccuracyMatrix flat =
        new AccuracyMatrix(
            List.of("a", "b"),
            List.of(List.of(.5, .5), List.of(.5, .5)),
            Optional.empty(),
            List.of(1, 1));
    assertEquals(
        Double.doubleToLongBits(0.0),
        Double.doubleToLongBits(ContinualMetrics.of(flat).get("forgetting.first-last")));
  }
}

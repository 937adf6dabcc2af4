package org.continuo.suite.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.continuo.results.SuiteResults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden values are those of scipy 1.17 and statsmodels, or worked out by hand where said. */
class StatisticsTest {
  private static final double[] A = {.812, .795, .830, .771, .805, .788, .842, .799, .816};
  private static final double[] B = {.790, .801, .805, .752, .774, .781, .801, .797, .770};
  private static final Bootstrap BOOTSTRAP = new Bootstrap(20_000, 0.95, 1);

  @Test
  void summaries() {
    Summary summary = Summary.of(new double[][] {A}, BOOTSTRAP).orElseThrow();
    assertEquals(9, summary.count());
    assertEquals(0.8064444444444444, summary.mean(), 1e-12);
    assertEquals(0.02158188540831817, summary.standardDeviation().orElseThrow(), 1e-12);
    // bootstrap(method='percentile', n_resamples=200000)
    assertEquals(0.79333, summary.interval().orElseThrow().low(), 5e-4);
    assertEquals(0.81978, summary.interval().orElseThrow().high(), 5e-4);
  }

  @Test
  void missingScoresAreLeftOut() {
    double[][] scores = {{.5, Double.NaN}, {.7, .9}};
    Summary summary = Summary.of(scores, BOOTSTRAP).orElseThrow();
    assertEquals(3, summary.count());
    assertEquals(.7, summary.mean(), 1e-12);
    assertTrue(summary.interval().orElseThrow().low() >= .5);
    assertEquals(Optional.empty(), Summary.of(new double[][] {{Double.NaN}}, BOOTSTRAP));
  }

  @Test
  void oneScoreHasNoSpread() {
    Summary summary = Summary.of(new double[][] {{.8}}, BOOTSTRAP).orElseThrow();
    assertEquals(new Summary(1, .8, OptionalDouble.empty(), Optional.empty()), summary);
  }

  /** Orders count as whole rows, seeds as whole columns: numpy, 200,000 draws. */
  @Test
  void ordersAndSeedsAreDrawnIndependently() {
    double[][] scores = {{.80, .82, .84}, {.70, .71, .75}, {.90, .88, .91}};
    Bootstrap.Interval interval = BOOTSTRAP.interval(scores).orElseThrow();
    assertEquals(0.72333, interval.low(), 4e-3);
    assertEquals(0.89333, interval.high(), 4e-3);
    // were all nine drawn independently, it would end at 0.765
    double[] flat = Arrays.stream(scores).flatMapToDouble(Arrays::stream).toArray();
    assertTrue(BOOTSTRAP.interval(new double[][] {flat}).orElseThrow().low() > 0.75);
    assertEquals(interval, BOOTSTRAP.interval(scores).orElseThrow());
  }

  @Test
  void pairedTests() {
    PairedTest test = PairedTest.of(A, B);
    assertEquals(9, test.pairs());
    assertEquals(0.020777777777777777, test.difference(), 1e-12);
    assertEquals(0.01171875, test.wilcoxon().orElseThrow(), 1e-12);
    assertEquals(0.007236674202494261, test.student().orElseThrow(), 1e-10);
  }

  @Test
  void pairsWithAMissingScoreAreLeftOut() {
    double[] longer = Arrays.copyOf(A, 10);
    double[] withHole = Arrays.copyOf(B, 10);
    longer[9] = 1;
    withHole[9] = Double.NaN;
    assertEquals(PairedTest.of(A, B), PairedTest.of(longer, withHole));
  }

  /** wilcoxon(zero_method='pratt', method=PermutationMethod()), exact at this size */
  @Test
  void aTieWithZeroIsRankedAndLeftOut() {
    double[] second = B.clone();
    second[1] = .799;
    second[3] = A[3];
    PairedTest test = PairedTest.of(A, second);
    assertEquals(0.0234375, test.wilcoxon().orElseThrow(), 1e-9);
    assertEquals(0.01533805635303807, test.student().orElseThrow(), 1e-10);
  }

  @Test
  void tiesInSizeShareTheirRanks() {
    double[] first = {.5, .6, .7, .8, .9, .4};
    double[] second = {.4, .5, .7, .9, .7, .3};
    assertEquals(0.3125, PairedTest.of(first, second).wilcoxon().orElseThrow(), 1e-12);
    // two pairs, both better: 2 of 4 sign patterns are as extreme
    double[] better = {.76, .77};
    double[] worse = {.66, .67};
    assertEquals(0.5, PairedTest.of(better, worse).wilcoxon().orElseThrow(), 1e-12);
  }

  @Test
  void whatCannotBeTestedIsNot() {
    assertEquals(
        new PairedTest(9, 0, OptionalDouble.empty(), OptionalDouble.empty()), PairedTest.of(A, A));
    PairedTest one = PairedTest.of(new double[] {.5}, new double[] {.4});
    assertEquals(1, one.wilcoxon().orElseThrow());
    assertEquals(OptionalDouble.empty(), one.student());
    assertEquals(0, PairedTest.of(new double[0], new double[0]).pairs());
  }

  /** multipletests(method='holm') */
  @Test
  void holm() {
    assertArrayEquals(
        new double[] {.04, .09, .09, .025, .5},
        Holm.adjusted(new double[] {.01, .04, .03, .005, .5}),
        1e-12);
    assertArrayEquals(new double[] {1, 1}, Holm.adjusted(new double[] {.6, .7}), 0);
    assertEquals(0, Holm.adjusted(new double[0]).length);
  }

  /** studentized_range.ppf(.95, K, inf), and its cdf at 3 */
  @ParameterizedTest
  @CsvSource({
    "2, 2.771807648699355, 0.9661051464753106",
    "3, 3.314493155398122, 0.9144574283450421",
    "4, 3.6331595749026278, 0.8537285189523403",
    "10, 4.474124221725907, 0.48781592602919316",
    "12, 4.621655471868518, 0.392681105801328"
  })
  void studentizedRange(int values, double quantile, double cumulative) {
    StudentizedRange range = new StudentizedRange(values);
    assertEquals(quantile, range.quantile(.95), 1e-6);
    assertEquals(cumulative, range.cumulative(3), 1e-8);
  }

  /** friedmanchisquare, rankdata; the blocks hold two ties */
  @Test
  void ranking() {
    double[][] blocks = {
      {.90, .85, .85, .70},
      {.88, .89, .80, .75},
      {.91, .86, .84, .79},
      {.87, .83, .88, .80},
      {.93, .90, .86, .86},
      {.89, .84, .82, .71},
      {.99, Double.NaN, .01, .02}
    };
    Ranking ranking = Ranking.of(blocks, true, .05).orElseThrow();
    assertEquals(6, ranking.blocks());
    List<Double> expected = List.of(8 / 6.0, 12.5 / 6, 16 / 6.0, 23.5 / 6);
    for (int k = 0; k < 4; k++) {
      assertEquals(expected.get(k), ranking.ranks().get(k), 1e-12);
    }
    assertEquals(13.29310344827587, ranking.statistic(), 1e-9);
    assertEquals(0.004043780173591121, ranking.p(), 1e-9);
    assertEquals(1.9148432265902373, ranking.criticalDifference(), 1e-6);
  }

  @Test
  void ranksTurnRoundWhereLowerIsBetter() {
    double[][] blocks = {{.1, .2}, {.3, .4}};
    assertEquals(List.of(2.0, 1.0), Ranking.of(blocks, true, .05).orElseThrow().ranks());
    assertEquals(List.of(1.0, 2.0), Ranking.of(blocks, false, .05).orElseThrow().ranks());
  }

  @Test
  void allTiedIsNoDifference() {
    Ranking ranking = Ranking.of(new double[][] {{.5, .5}, {.5, .5}}, true, .05).orElseThrow();
    assertEquals(0, ranking.statistic());
    assertEquals(1, ranking.p());
  }

  @Test
  void nothingToRank() {
    assertEquals(Optional.empty(), Ranking.of(new double[][] {{.5}}, true, .05));
    assertEquals(Optional.empty(), Ranking.of(new double[][] {{.5, Double.NaN}}, true, .05));
  }

  @Test
  void wins() {
    double[][] blocks = {{.5, .4}, {.5, .5}, {.3, .6}, {.9, .1}, {.9, Double.NaN}};
    List<List<SuiteResults.Encounter>> wins = WinMatrix.of(blocks, true);
    assertEquals(new SuiteResults.Encounter(2, 1, 4), wins.get(0).get(1));
    assertEquals(new SuiteResults.Encounter(1, 1, 4), wins.get(1).get(0));
    assertEquals(new SuiteResults.Encounter(1, 1, 4), WinMatrix.of(blocks, false).get(0).get(1));
  }

  @Test
  void paretoFront() {
    List<ParetoFront.Point> points =
        List.of(
            new ParetoFront.Point(.8, 10),
            new ParetoFront.Point(.9, 20),
            new ParetoFront.Point(.85, 25),
            new ParetoFront.Point(.8, 10),
            new ParetoFront.Point(Double.NaN, 1));
    assertEquals(List.of(true, true, false, true, false), ParetoFront.of(points));
  }
}

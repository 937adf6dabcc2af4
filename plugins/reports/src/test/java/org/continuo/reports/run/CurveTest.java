package org.continuo.reports.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import org.continuo.reports.run.Curve.Bucket;
import org.junit.jupiter.api.Test;

class CurveTest {
  private static Curve of(double... values) {
    Curve curve = new Curve();
    for (int step = 0; step < values.length; step++) {
      curve.add(step, values[step]);
    }
    return curve;
  }

  @Test
  void shortCurvesStayAsTheyAre() {
    assertEquals(List.of(new Bucket(0, 3, 3, 3), new Bucket(1, 5, 5, 5)), of(3, 5).thinned(2));
  }

  @Test
  void longCurvesBecomeMeansWithExtremes() {
    assertEquals(
        List.of(new Bucket(0.5, 2, 1, 3), new Bucket(2.5, 6, 2, 10)), of(1, 3, 10, 2).thinned(2));
  }

  @Test
  void stretchesAreOfStepsNotOfPoints() {
    Curve curve = new Curve();
    for (int step : new int[] {0, 1, 2, 99}) {
      curve.add(step, step);
    }
    assertEquals(List.of(new Bucket(1, 1, 0, 2), new Bucket(99, 99, 99, 99)), curve.thinned(2));
  }

  @Test
  void thinningKeepsTheMeanOfEqualStretches() {
    Curve curve = new Curve();
    for (int step = 0; step < 10_000; step++) {
      curve.add(step, Math.sin(step));
    }
    List<Bucket> thinned = curve.thinned(100);
    assertEquals(100, thinned.size());
    assertEquals(
        curve.values().average().orElseThrow(),
        thinned.stream().mapToDouble(Bucket::mean).average().orElseThrow(),
        1e-12);
    assertTrue(thinned.stream().allMatch(each -> each.low() <= each.mean()));
    assertTrue(thinned.stream().allMatch(each -> each.mean() <= each.high()));
  }

  @Test
  void aRepeatedStepDropsWhatFollowedIt() {
    Curve curve = of(1, 2, 3, 4);
    curve.add(2, 7);
    assertEquals(OptionalInt.of(2), curve.lastStep());
    assertEquals(List.of(1.0, 2.0, 7.0), curve.values().boxed().toList());
  }

  @Test
  void startAndEndAreMeansOfATenth() {
    double[] values = new double[100];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    assertEquals(4.5, of(values).start().orElseThrow(), 1e-12);
    assertEquals(94.5, of(values).end().orElseThrow(), 1e-12);
    assertTrue(new Curve().start().isEmpty());
    assertEquals(8, of(8).end().orElseThrow(), 1e-12);
  }

  @Test
  void infiniteAndUndefinedValuesAreFoundAndLeftOut() {
    Curve curve = of(1, Double.POSITIVE_INFINITY, Double.NaN, 3);
    assertEquals(OptionalInt.of(1), curve.firstNotFinite());
    assertEquals(2, curve.thinned(10).size());
    assertEquals(List.of(new Bucket(1.5, 2, 1, 3)), curve.thinned(1));
  }
}

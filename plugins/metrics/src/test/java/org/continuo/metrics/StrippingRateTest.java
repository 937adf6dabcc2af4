package org.continuo.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.result.Metric.Curve;
import org.continuo.api.result.Metric.Point;
import org.continuo.api.result.MetricDefinition;
import org.continuo.api.result.Prediction;
import org.junit.jupiter.api.Test;

class StrippingRateTest {
  private static StrippingRate at(double precision, String... labels) {
    return new StrippingRate(new StrippingRate.Options(precision, List.of(labels)));
  }

  /** Of two labels: the probability of {@code bad}, and what the item is. */
  private static Prediction item(double bad, String expected) {
    return new Prediction("x", bad > 0.5 ? "bad" : "good", expected, Map.of(), probabilities(bad));
  }

  private static Map<String, Double> probabilities(double bad) {
    Map<String, Double> both = new LinkedHashMap<>();
    both.put("good", 1 - bad);
    both.put("bad", bad);
    return both;
  }

  private static Prediction unscored(String expected) {
    return new Prediction("x", "good", expected, Map.of(), Map.of());
  }

  /** By falling P(bad): bad bad bad good bad good good. */
  private static final List<Prediction> SEVEN =
      List.of(
          item(0.0625, "good"),
          item(0.9375, "bad"),
          item(0.125, "good"),
          item(0.75, "bad"),
          item(0.875, "bad"),
          item(0.5, "good"),
          item(0.25, "bad"));

  @Test
  void theLoosestThresholdThatKeepsThePrecisionDecides() {
    // bad: 1/1 2/2 3/3 3/4 4/5 4/6 4/7; good, from the other end: 1/1 2/2 2/3 3/4 3/5 3/6 3/7
    assertEquals(
        Map.of("total", 5 / 7.0, "label:good", 2 / 7.0, "label:bad", 3 / 7.0),
        at(0.9).values(SEVEN));
    // after 3/4 falls below 0.8, 4/5 reaches it again: the loosest counts, not the first failure
    assertEquals(
        Map.of("total", 1.0, "label:good", 2 / 7.0, "label:bad", 5 / 7.0), at(0.8).values(SEVEN));
  }

  @Test
  void whatTwoLabelsClaimAPersonDecides() {
    // good claims the lower four (3/4), bad the upper five (4/5): two items are claimed twice
    assertEquals(
        Map.of("total", 5 / 7.0, "label:good", 4 / 7.0, "label:bad", 5 / 7.0),
        at(0.75).values(SEVEN));
  }

  @Test
  void equalProbabilitiesStayTogether() {
    List<Prediction> tied = List.of(item(0.75, "bad"), item(0.75, "good"), item(0.25, "good"));
    assertEquals(0.0, at(0.9, "bad").values(tied).get("label:bad"));
    assertEquals(2 / 3.0, at(0.5, "bad").values(tied).get("label:bad"));
    List<Prediction> reversed = List.of(tied.get(2), tied.get(1), tied.get(0));
    assertEquals(at(0.5).values(tied), at(0.5).values(reversed));
  }

  @Test
  void precisionIsReachedExactlyWhereItIsADecimal() {
    // 0.7 * 10 is more than 7 in binary arithmetic
    List<Prediction> ten = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ten.add(item(0.75, i < 7 ? "bad" : "good"));
    }
    assertEquals(1.0, at(0.7, "bad").values(ten).get("label:bad"));
    assertEquals(0.0, at(0.71, "bad").values(ten).get("label:bad"));
  }

  @Test
  void nothingAllAndASingleItem() {
    List<Prediction> wrong = List.of(item(0.75, "good"), item(0.25, "bad"));
    assertEquals(Map.of("total", 0.0, "label:good", 0.0, "label:bad", 0.0), at(0.9).values(wrong));
    List<Prediction> same = List.of(item(0.75, "bad"), item(0.25, "bad"));
    assertEquals(Map.of("total", 1.0, "label:good", 0.0, "label:bad", 1.0), at(0.9).values(same));
    assertEquals(
        Map.of("total", 1.0, "label:good", 0.0, "label:bad", 1.0),
        at(1).values(List.of(item(0.25, "bad"))));
  }

  @Test
  void onlyTheLabelsAskedForClaimItems() {
    assertEquals(Map.of("total", 5 / 7.0, "label:bad", 5 / 7.0), at(0.8, "bad").values(SEVEN));
    assertEquals(at(0.8, "bad").values(SEVEN), at(0.8, "bad", "of another task").values(SEVEN));
    assertEquals(Map.of(), at(0.8, "of another task").values(SEVEN));
    assertEquals(List.of(), at(0.8, "of another task").curves(SEVEN));
  }

  @Test
  void aLabelAnItemDoesNotScoreHasProbabilityZero() {
    List<Prediction> items =
        List.of(
            new Prediction("1", "bad", "bad", Map.of(), Map.of("bad", 1.0)),
            new Prediction("2", "good", "good", Map.of(), Map.of("good", 1.0)));
    assertEquals(Map.of("total", 1.0, "label:good", 0.5, "label:bad", 0.5), at(0.9).values(items));
  }

  @Test
  void itemsWithoutProbabilitiesGoToAPerson() {
    assertEquals(Map.of(), at(0.9).values(List.of(unscored("good"), unscored("bad"))));
    assertEquals(List.of(), at(0.9).curves(List.of(unscored("good"))));
    List<Prediction> half = List.of(item(0.75, "bad"), unscored("bad"));
    assertEquals(0.5, at(0).values(half).get("label:bad"));
    assertEquals(new Point(0.5, 1), at(0.9).curves(half).get(1).points().get(0));
  }

  @Test
  void theCurveIsPrecisionAgainstTheShareClaimed() {
    Curve bad = at(0.8).curves(SEVEN).get(1);
    assertEquals("label:bad", bad.name());
    assertEquals(7, bad.points().size());
    assertEquals(new Point(1 / 7.0, 1), bad.points().get(0));
    assertEquals(new Point(4 / 7.0, 0.75), bad.points().get(3));
    assertEquals(new Point(1, 4 / 7.0), bad.points().get(6));
    assertEquals(Optional.of(new Point(5 / 7.0, 0.8)), bad.chosen());
    List<Prediction> wrong = List.of(item(0.75, "good"));
    assertEquals(Optional.empty(), at(0.8).curves(wrong).get(1).chosen());
  }

  @Test
  void aLongCurveIsThinnedButExactAtItsEndsAndAtTheChosenPoint() {
    List<Prediction> many = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      many.add(item(1 - i / 5000.0, i < 2222 ? "bad" : "good"));
    }
    Curve bad = at(0.9, "bad").curves(many).get(0);
    assertTrue(bad.points().size() <= 200, "points: " + bad.points().size());
    assertTrue(bad.points().size() >= 199, "points: " + bad.points().size());
    assertEquals(new Point(1 / 5000.0, 1), bad.points().get(0));
    assertEquals(new Point(1, 2222 / 5000.0), bad.points().get(bad.points().size() - 1));
    // 2222 / 0.9 = 2468.9
    Point chosen = new Point(2468 / 5000.0, 2222 / 2468.0);
    assertEquals(Optional.of(chosen), bad.chosen());
    assertTrue(bad.points().contains(chosen));
    for (int i = 1; i < bad.points().size(); i++) {
      assertTrue(bad.points().get(i - 1).x() < bad.points().get(i).x());
    }
  }

  @Test
  void theDefinitionNamesTheVariantAndOwnsUpToItsThresholds() {
    MetricDefinition definition = at(0.90).definition();
    assertEquals("stripping-rate@0.9", definition.name());
    assertEquals(
        "stripping-rate@0.8[bad,worse]", at(0.8, "bad", "worse", "bad").definition().name());
    assertTrue(
        definition.definition().contains("chosen on the items they are measured on"),
        definition.definition());
    assertTrue(definition.higherIsBetter());
  }
}

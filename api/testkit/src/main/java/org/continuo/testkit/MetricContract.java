package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import org.continuo.api.result.Metric;
import org.continuo.api.result.MetricDefinition;
import org.continuo.api.result.Prediction;
import org.junit.jupiter.api.Test;

/** What every metric keeps to. The test class of a metric extends it and names the plugin. */
public abstract class MetricContract extends PluginContract<Metric.Factory> {
  private static final List<String> LABELS = List.of("low", "middle", "high");
  private static final int EXAMPLES = 40;
  private static final double ROUNDING = 1e-9;

  protected MetricContract() {}

  private static List<Prediction> predictions(boolean withProbabilities) {
    Random random = new Random(1);
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < EXAMPLES; i++) {
      String expected = LABELS.get(random.nextInt(LABELS.size()));
      Map<String, Double> probabilities = new LinkedHashMap<>();
      double left = 1;
      for (String label : LABELS.subList(1, LABELS.size())) {
        double share = left * random.nextDouble();
        probabilities.put(label, share);
        left -= share;
      }
      probabilities.put(LABELS.get(0), left);
      String answer =
          Collections.max(probabilities.entrySet(), Map.Entry.comparingByValue()).getKey();
      predictions.add(
          new Prediction(
              "task/test/" + i,
              answer,
              expected,
              Map.of("accuracy", answer.equals(expected) ? 1.0 : 0.0),
              withProbabilities ? probabilities : Map.of()));
    }
    return predictions;
  }

  @Test
  void saysWhatItMeans() {
    MetricDefinition definition = factory().create().definition();
    assertFalse(definition.name().isBlank(), "no name");
    assertFalse(definition.title().isBlank(), "no title");
    assertFalse(definition.definition().isBlank(), "no definition");
    assertEquals(definition, factory().create().definition());
  }

  @Test
  void givesSharesForAnyAnswers() {
    Metric metric = factory().create();
    List<Prediction> all = predictions(true);
    List<List<Prediction>> cases =
        List.of(all, all.subList(0, 1), predictions(false), predictions(false).subList(0, 1));
    for (List<Prediction> some : cases) {
      metric
          .values(some)
          .forEach(
              (name, value) ->
                  assertTrue(value >= 0 && value <= 1, () -> name + " = " + value + " of " + some));
    }
  }

  @Test
  void hasNoStateAndNoRegardForOrder() {
    Metric metric = factory().create();
    List<Prediction> predictions = predictions(true);
    Map<String, Double> values = metric.values(predictions);
    metric.values(predictions.subList(0, 3));
    BiConsumer<String, List<Prediction>> same =
        (how, some) -> {
          Map<String, Double> others = metric.values(some);
          assertEquals(values.keySet(), others.keySet(), how);
          values.forEach((name, value) -> assertEquals(value, others.get(name), ROUNDING, how));
        };
    same.accept("asked again", predictions);
    List<Prediction> shuffled = new ArrayList<>(predictions);
    Collections.shuffle(shuffled, new Random(2));
    same.accept("in another order", shuffled);
  }

  @Test
  void drawsCurvesInTheirFrame() {
    for (Metric.Curve curve : factory().create().curves(predictions(true))) {
      assertFalse(curve.points().isEmpty(), "no point in " + curve.name());
      double last = 0;
      for (Metric.Point point : curve.points()) {
        assertTrue(
            point.x() >= last && point.x() <= 1 && point.y() >= 0 && point.y() <= 1,
            () -> point + " of curve " + curve.name());
        last = point.x();
      }
      curve.chosen().ifPresent(point -> assertTrue(curve.points().contains(point), "" + point));
    }
  }
}

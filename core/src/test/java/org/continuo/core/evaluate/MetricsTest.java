package org.continuo.core.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.continuo.api.result.Metric;
import org.continuo.api.result.MetricDefinition;
import org.continuo.api.result.Prediction;
import org.continuo.results.Reading;
import org.continuo.results.RunState;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final List<Prediction> ANSWERS =
      List.of(new Prediction("1", "a", "a", Map.of(), Map.of()));

  private static Metric.Factory metric(
      String name, Function<List<Prediction>, Map<String, Double>> values) {
    return () ->
        new Metric() {
          @Override
          public MetricDefinition definition() {
            return new MetricDefinition(name, name, "d", "f", "s", true);
          }

          @Override
          public Map<String, Double> values(List<Prediction> predictions) {
            return values.apply(predictions);
          }

          @Override
          public List<Curve> curves(List<Prediction> predictions) {
            return List.of(new Curve(TOTAL, "x", "y", List.of(), Optional.empty()));
          }
        };
  }

  @Test
  void oneThatFailsLeavesTheOthersAndWarns() {
    List<String> warnings = new ArrayList<>();
    Reading reading =
        new Metrics(
                List.of(
                    metric("good", answers -> Map.of("total", 1.0)),
                    metric("silent", answers -> Map.of()),
                    metric("wild", answers -> Map.of("total", Double.NaN)),
                    metric(
                        "broken",
                        answers -> {
                          throw new IllegalStateException("no such thing");
                        })))
            .read(ANSWERS, "task 'x'", warnings::add);
    assertEquals(Map.of("good", Map.of("total", 1.0)), reading.values());
    assertEquals(List.of("good"), List.copyOf(reading.curves().keySet()));
    assertEquals(
        List.of(
            "metric 'wild' is left out for task 'x': found total = NaN, expected values from 0 to 1",
            "metric 'broken' is left out for task 'x': it failed: java.lang.IllegalStateException: no such thing"),
        warnings);
  }

  @Test
  void twoOfOneNameAreRefused() {
    Metric.Factory rate = metric("rate@0.9", answers -> Map.of());
    assertEquals(
        List.of(
            "evaluation.metrics: found 'rate@0.9' more than once, expected different metrics;"
                + " remove one or change its options"),
        new Metrics(List.of(rate, metric("rate@0.8", answers -> Map.of()), rate, rate))
            .duplicates());
  }

  @Test
  void historyKeepsTheCurvesOfTheLastStageOnly() {
    Metrics metrics = new Metrics(List.of(metric("good", answers -> Map.of("total", 0.5))));
    List<Reading> stage = List.of(metrics.read(ANSWERS, "", warning -> {}));
    RunState.Scores scores =
        RunState.Scores.NONE.withZeroShot(List.of(0.5), Optional.empty(), stage);
    assertEquals(Optional.of(stage), history(metrics, scores).last());
    for (int i = 0; i < 2; i++) {
      scores = scores.withStage(List.of(0.5), Optional.empty(), stage);
    }
    MetricHistory history = history(metrics, scores);
    assertEquals(0, history.zeroShot().orElseThrow().get(0).curves().size());
    assertEquals(0, history.stages().get(0).get(0).curves().size());
    assertEquals(1, history.stages().get(1).get(0).curves().size());
    assertEquals(0.5, history.stages().get(0).get(0).values().get("good").get("total"));
  }

  private static MetricHistory history(Metrics metrics, RunState.Scores scores) {
    return MetricHistory.of(metrics.definitions(), List.of("x"), scores);
  }
}

package org.continuo.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.continuo.api.result.MetricDefinition;
import org.continuo.core.evaluate.MetricHistory;
import org.junit.jupiter.api.Test;

class MetricTableTest {
  private static MetricHistory.Reading reading(Map<String, Double> values) {
    return new MetricHistory.Reading(Map.of("rate", values), Map.of());
  }

  @Test
  void theTableHoldsTheLastStage() {
    MetricHistory history =
        MetricHistory.start(
                List.of(
                    new MetricDefinition("rate", "Rate", "d", "f", "s", true),
                    new MetricDefinition("silent", "Silent", "d", "f", "s", true)),
                List.of("one", "another"))
            .withStage(
                new MetricHistory.Stage(
                    List.of(reading(Map.of("total", 0.5)), reading(Map.of("label:a", 0.25)))));
    assertEquals(
        List.of(
            List.of("rate     total   label:a", "one      0.5000  -", "another  -       0.2500")),
        MetricTable.of(history));
    assertEquals(
        List.of(), MetricTable.of(MetricHistory.start(history.definitions(), List.of("one"))));
  }
}

package org.continuo.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.result.MetricDefinition;
import org.continuo.core.evaluate.MetricHistory;
import org.continuo.results.Reading;
import org.junit.jupiter.api.Test;

class MetricTableTest {
  private static Reading reading(Map<String, Double> values) {
    return new Reading(Map.of("rate", values), Map.of());
  }

  @Test
  void theTableHoldsTheLastStage() {
    MetricHistory history =
        new MetricHistory(
            List.of(
                new MetricDefinition("rate", "Rate", "d", "f", "s", true),
                new MetricDefinition("silent", "Silent", "d", "f", "s", true)),
            List.of("one", "another"),
            Optional.empty(),
            List.of(List.of(reading(Map.of("total", 0.5)), reading(Map.of("label:a", 0.25)))));
    assertEquals(
        List.of(
            List.of("rate     total   label:a", "one      0.5000  -", "another  -       0.2500")),
        MetricTable.of(history));
    assertEquals(
        List.of(),
        MetricTable.of(
            new MetricHistory(history.definitions(), List.of("one"), Optional.empty(), List.of())));
  }
}

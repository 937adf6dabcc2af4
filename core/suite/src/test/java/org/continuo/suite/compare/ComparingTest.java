package org.continuo.suite.compare;

import static org.continuo.core.testing.RunFiles.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.result.Metric;
import org.continuo.api.result.MetricDefinition;
import org.continuo.api.result.Prediction;
import org.continuo.core.evaluate.Metrics;
import org.continuo.core.testing.RunFiles;
import org.continuo.results.ComparisonResults;
import org.continuo.results.ComparisonResults.Row;
import org.continuo.results.Interval;
import org.continuo.results.ResultsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparingTest {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(500, 1, 0.95);

  @TempDir Path folder;

  /** Share of items whose probability of {@code bad} is above one half, and a curve. */
  private record Flagged() implements Metric {
    @Override
    public MetricDefinition definition() {
      return new MetricDefinition("flagged", "Flagged", "d", "f", "s", true);
    }

    @Override
    public Map<String, Double> values(List<Prediction> predictions) {
      Map<String, Double> values = new LinkedHashMap<>();
      if (predictions.stream().anyMatch(answer -> !answer.probabilities().isEmpty())) {
        values.put(
            TOTAL,
            predictions.stream()
                .mapToDouble(
                    answer -> answer.probabilities().getOrDefault("bad", 0.0) > 0.5 ? 1 : 0)
                .average()
                .orElseThrow());
      }
      if (predictions.stream().anyMatch(answer -> answer.probabilities().containsKey("worse"))) {
        values.put(Metric.ofLabel("worse"), 1.0);
      }
      return values;
    }

    @Override
    public List<Curve> curves(List<Prediction> predictions) {
      Point end = new Point(1, 0.5);
      return List.of(new Curve(TOTAL, "x", "y", List.of(end), Optional.of(end)));
    }
  }

  private static Metrics metrics() {
    return new Metrics(List.of(Flagged::new));
  }

  /** On x, B is right in 20 more of 100 examples; on y, the two agree. */
  private Pairing pairing() throws IOException {
    Path a = RunFiles.run(folder.resolve("a"), "x", "y");
    Path b = RunFiles.run(folder.resolve("b"), "x", "y");
    List<String> answersA = new ArrayList<>();
    List<String> answersB = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      answersA.add(answer("x/" + i, "bad", i < 50 ? 1 : 0));
      answersB.add(answer("x/" + i, "bad", i < 70 ? 1 : 0));
    }
    RunFiles.answers(a, "1-y", "x", answersA.toArray(String[]::new));
    RunFiles.answers(b, "1-y", "x", answersB.toArray(String[]::new));
    for (Path run : List.of(a, b)) {
      RunFiles.answers(run, "1-y", "y", answer("y/0", "good", 0), answer("y/1", "good", 1));
    }
    return Pairing.read(a, b);
  }

  private static String text(Row row) {
    return "%s %s %.3f %.3f %+.3f"
        .formatted(row.task().orElse("mean"), row.quantity(), row.a(), row.b(), row.difference());
  }

  @Test
  void comparesScoreAndMetricsByTaskAndInTheMean() throws IOException {
    ComparisonResults comparison = Comparing.of(pairing(), metrics(), BOOTSTRAP);
    assertEquals(
        List.of(
            "x accuracy 0.500 0.700 +0.200",
            "x flagged 0.500 0.700 +0.200",
            "y accuracy 0.500 0.500 +0.000",
            "y flagged 0.500 0.500 +0.000",
            "mean accuracy 0.500 0.600 +0.100",
            "mean flagged 0.500 0.600 +0.100"),
        comparison.rows().stream().map(ComparingTest::text).toList());
    assertEquals(List.of(), comparison.notes());
  }

  /** Drawn together: where both runs agree the difference cannot move, however small the task. */
  @Test
  void intervalsAreThoseOfPairs() throws IOException {
    List<Row> rows = Comparing.of(pairing(), metrics(), BOOTSTRAP).rows();
    // the differences of x are 1 in 20 of 100 pairs: deviation sqrt(0.2 * 0.8 / 100) = 0.04;
    // unpaired it would be 0.068
    Interval x = rows.get(0).interval().orElseThrow();
    assertEquals(0.2 - 1.96 * 0.04, x.low(), 0.015);
    assertEquals(0.2 + 1.96 * 0.04, x.high(), 0.015);
    assertEquals(Optional.of(new Interval(0, 0)), rows.get(2).interval());
    Interval mean = rows.get(4).interval().orElseThrow();
    assertEquals(x.low() / 2, mean.low(), 1e-12);
    assertEquals(x.high() / 2, mean.high(), 1e-12);
  }

  @Test
  void whatOnlyOneRunHasIsNotedAndNotCompared() throws IOException {
    Path a = RunFiles.run(folder.resolve("c"), "x");
    RunFiles.answers(a, "0-x", "x", answer("x/1", "bad", 1).replace("good\":", "worse\":"));
    Path b = RunFiles.run(folder.resolve("d"), "x");
    RunFiles.answers(b, "0-x", "x", answer("x/1", "bad", 1));
    ComparisonResults labels = Comparing.of(Pairing.read(a, b), metrics(), BOOTSTRAP);
    assertEquals(
        List.of("x accuracy 1.000 1.000 +0.000", "x flagged 1.000 1.000 +0.000"),
        labels.rows().stream().map(ComparingTest::text).toList());
    assertEquals(List.of("task 'x': flagged label:worse only in A, not compared"), labels.notes());

    RunFiles.answers(
        b, "0-x", "x", "{\"example\":\"x/1\",\"answer\":\"\",\"expected\":\"bad\",\"accuracy\":0}");
    ComparisonResults nothing = Comparing.of(Pairing.read(a, b), metrics(), BOOTSTRAP);
    assertEquals(1, nothing.rows().size());
    assertEquals(
        List.of(
            "metric 'flagged' gives nothing for task 'x' of B, whose answers have no probabilities",
            "task 'x': flagged, flagged label:worse only in A, not compared"),
        nothing.notes());
  }

  @Test
  void differentProtocolsAreNoted() throws IOException {
    pairing();
    RunFiles.results(folder.resolve("b"), "accuracy", "inferred", 2, "x", "y");
    assertEquals(
        List.of("the runs follow different protocols: taskId is given in A and inferred in B"),
        Comparing.of(Pairing.read(folder.resolve("a"), folder.resolve("b")), metrics(), BOOTSTRAP)
            .notes());
  }

  @Test
  void theFileHoldsWhatThePageNeeds() throws IOException {
    ComparisonResults comparison = Comparing.of(pairing(), metrics(), BOOTSTRAP);
    ResultsFile.COMPARISON.write(comparison, folder);
    assertEquals(comparison, ResultsFile.COMPARISON.read(folder));
    assertEquals("b", comparison.b().name());
    assertEquals(List.of(100, 2), comparison.examples());
    Row flagged = comparison.rows().get(1);
    assertEquals("x flagged", flagged.task().orElseThrow() + " " + flagged.quantity());
    assertEquals(0.2, flagged.difference(), 1e-12);
    assertTrue(flagged.interval().orElseThrow().low() > 0.1);
    assertEquals(Optional.empty(), comparison.rows().get(4).task());
    assertEquals(new ComparisonResults.Resampling(500, 1, 0.95), comparison.bootstrap());
    assertEquals("flagged", comparison.metricDefinitions().get(0).name());
    Metric.Curve curve = comparison.curves().get(1).b().get(0);
    assertEquals(List.of(new Metric.Point(1, 0.5)), curve.points());
    assertEquals(Optional.of(new Metric.Point(1, 0.5)), curve.chosen());
  }
}

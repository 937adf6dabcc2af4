package org.continuo.suite.compare;

import static org.continuo.core.testing.RunFiles.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
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
import org.continuo.suite.compare.Comparison.Row;
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
    Comparison comparison = Comparing.of(pairing(), metrics(), BOOTSTRAP);
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
    Bootstrap.Interval x = rows.get(0).interval().orElseThrow();
    assertEquals(0.2 - 1.96 * 0.04, x.low(), 0.015);
    assertEquals(0.2 + 1.96 * 0.04, x.high(), 0.015);
    assertEquals(Optional.of(new Bootstrap.Interval(0, 0)), rows.get(2).interval());
    Bootstrap.Interval mean = rows.get(4).interval().orElseThrow();
    assertEquals(x.low() / 2, mean.low(), 1e-12);
    assertEquals(x.high() / 2, mean.high(), 1e-12);
  }

  @Test
  void whatOnlyOneRunHasIsNotedAndNotCompared() throws IOException {
    Path a = RunFiles.run(folder.resolve("c"), "x");
    RunFiles.answers(a, "0-x", "x", answer("x/1", "bad", 1).replace("good\":", "worse\":"));
    Path b = RunFiles.run(folder.resolve("d"), "x");
    RunFiles.answers(b, "0-x", "x", answer("x/1", "bad", 1));
    Comparison labels = Comparing.of(Pairing.read(a, b), metrics(), BOOTSTRAP);
    assertEquals(
        List.of("x accuracy 1.000 1.000 +0.000", "x flagged 1.000 1.000 +0.000"),
        labels.rows().stream().map(ComparingTest::text).toList());
    assertEquals(List.of("task 'x': flagged label:worse only in A, not compared"), labels.notes());

    RunFiles.answers(
        b, "0-x", "x", "{\"example\":\"x/1\",\"answer\":\"\",\"expected\":\"bad\",\"accuracy\":0}");
    Comparison nothing = Comparing.of(Pairing.read(a, b), metrics(), BOOTSTRAP);
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
    Path results = folder.resolve("b/results.json");
    Path other = folder.resolve("a/results.json");
    Files.writeString(results, withProtocol(results, "inferred"));
    Files.writeString(other, withProtocol(other, "given"));
    assertEquals(
        List.of("the runs follow different protocols: taskId is given in A and inferred in B"),
        Comparing.of(Pairing.read(folder.resolve("a"), folder.resolve("b")), metrics(), BOOTSTRAP)
            .notes());
  }

  private static String withProtocol(Path results, String taskId) throws IOException {
    return Files.readString(results)
        .replaceFirst(
            "\\{", "{\"protocol\": {\"taskId\": \"" + taskId + "\", \"pastData\": true}, ");
  }

  @Test
  void theFileHoldsWhatThePageNeeds() throws IOException {
    Comparison comparison = Comparing.of(pairing(), metrics(), BOOTSTRAP);
    Path file = ComparisonFile.write(comparison, folder.resolve("new/out"));
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertEquals(1, json.get("schemaVersion").asInt());
    assertEquals("b", json.at("/b/name").asText());
    assertEquals("[100,2]", json.get("examples").toString());
    assertEquals("x", json.at("/rows/1/task").asText());
    assertEquals("flagged", json.at("/rows/1/measure").asText());
    assertEquals("total", json.at("/rows/1/value").asText());
    assertEquals(0.2, json.at("/rows/1/difference").asDouble(), 1e-12);
    assertTrue(json.at("/rows/1/interval/0").asDouble() > 0.1);
    assertTrue(json.at("/rows/4/task").isMissingNode());
    assertEquals("{\"resamples\":500,\"seed\":1,\"level\":0.95}", json.get("bootstrap").toString());
    assertEquals("flagged", json.at("/metricDefinitions/0/name").asText());
    assertEquals("[[1.0,0.5]]", json.at("/curves/1/b/0/points").toString());
    assertEquals("[1.0,0.5]", json.at("/curves/1/b/0/chosen").toString());
  }
}

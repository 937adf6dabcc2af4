package org.continuo.suite.result;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a suite reads of the {@code results.json} of a run.
 *
 * @param accuracy {@code R[t][i]}
 * @param zeroShot the row before any training; empty if not measured
 * @param metrics by name: those of the matrix, and after the last task the mean over tasks of what
 *     was measured on the answers ({@code stripping-rate@0.9/total}) and of {@code
 *     routing-accuracy}
 */
public record RunRecord(
    String status,
    Optional<String> failure,
    String score,
    List<String> tasks,
    List<List<Double>> accuracy,
    List<Double> zeroShot,
    Map<String, Double> metrics,
    Cost cost) {
  /** The file in a run's folder. */
  public static final String FILE = "results.json";

  private static final String COMPLETED = "completed";
  private static final ObjectMapper JSON = new ObjectMapper();

  public RunRecord {
    tasks = List.copyOf(tasks);
    accuracy = accuracy.stream().map(List::copyOf).toList();
    zeroShot = List.copyOf(zeroShot);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /**
   * What a run took.
   *
   * @param trainable parameters trained, per task
   * @param stored parameters kept beside the backbone
   */
  public record Cost(
      List<Long> trainable,
      long stored,
      long storedBytes,
      long trainTokens,
      long evaluationTokens,
      Times times) {
    public Cost {
      trainable = List.copyOf(trainable);
    }

    /** Mean over the tasks. */
    public double trainablePerTask() {
      return trainable.stream().mapToLong(Long::longValue).average().orElse(0);
    }
  }

  /** What depends on the machine and on what else it did. */
  public record Times(
      double trainSeconds, double evaluationSeconds, double totalSeconds, long peakMemoryBytes) {}

  /** Of a run's folder; empty if there are no results in it that can be read. */
  public static Optional<RunRecord> read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(JSON.readTree(file.toFile())));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static RunRecord of(JsonNode json) {
    JsonNode cost = json.path("cost");
    JsonNode seconds = cost.path("seconds");
    return new RunRecord(
        json.path("status").asText(),
        Optional.of(json.at("/failure/message")).filter(JsonNode::isTextual).map(JsonNode::asText),
        json.path("score").asText(),
        texts(json.path("tasks")),
        rows(json.path("accuracy")),
        numbers(json.path("zeroShot")),
        metrics(json),
        new Cost(
            wholes(cost.path("trainableParameters")),
            cost.path("storedParameters").asLong(),
            cost.path("storedBytes").asLong(),
            cost.at("/tokens/train").asLong(),
            cost.at("/tokens/evaluation").asLong(),
            new Times(
                seconds.path("train").asDouble(),
                seconds.path("evaluation").asDouble(),
                seconds.path("total").asDouble(),
                cost.path("peakMemoryBytes").asLong())));
  }

  private static Map<String, Double> metrics(JsonNode json) {
    Map<String, Double> metrics =
        new LinkedHashMap<>(
            JSON.convertValue(json.path("metrics"), new TypeReference<Map<String, Double>>() {}));
    for (JsonNode metric : json.path("testMetrics")) {
      JsonNode tasks = metric.path("stages").path(metric.path("stages").size() - 1);
      Iterable<String> names = () -> tasks.path(0).fieldNames();
      for (String name : names) {
        List<Double> values = new ArrayList<>();
        tasks.forEach(
            task -> Optional.ofNullable(task.get(name)).ifPresent(v -> values.add(v.asDouble())));
        if (values.size() == tasks.size()) {
          metrics.put(metric.path("name").asText() + "/" + name, mean(values));
        }
      }
    }
    JsonNode routed = json.path("routingAccuracy");
    if (!routed.isEmpty()) {
      metrics.put("routing-accuracy", mean(numbers(routed.get(routed.size() - 1))));
    }
    return metrics;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  public boolean completed() {
    return status.equals(COMPLETED);
  }

  /** Mean score over the tasks met so far, stage by stage. */
  public List<Double> seenAverages() {
    List<Double> averages = new ArrayList<>();
    for (int stage = 0; stage < accuracy.size(); stage++) {
      List<Double> seen = accuracy.get(stage).subList(0, stage + 1);
      averages.add(seen.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
    }
    return averages;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static List<Long> wholes(JsonNode array) {
    List<Long> numbers = new ArrayList<>();
    array.forEach(each -> numbers.add(each.asLong()));
    return numbers;
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    array.forEach(each -> numbers.add(each.asDouble()));
    return numbers;
  }

  private static List<List<Double>> rows(JsonNode array) {
    List<List<Double>> rows = new ArrayList<>();
    array.forEach(each -> rows.add(numbers(each)));
    return rows;
  }
}

package org.continuo.core.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.continuo.api.learning.Head;
import org.continuo.core.evaluate.AccuracyMatrix;
import org.continuo.core.evaluate.ContinualMetrics;
import org.continuo.core.evaluate.MetricHistory;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.files.Json;

/** The content of {@code results.json}, schema version 1. */
final class Results {
  static final int SCHEMA_VERSION = 1;
  private static final String MIXED = "mixed";

  private Results() {}

  /**
   * Everything the file is made of.
   *
   * @param routing share of test examples whose task was identified rightly, per stage and task;
   *     empty where the task id is given
   * @param metrics what the metrics named by the experiment gave
   */
  record Content(
      Outcome.Status status,
      Experiment experiment,
      String strategy,
      AccuracyMatrix matrix,
      List<List<Double>> routing,
      MetricHistory metrics,
      Cost cost,
      Map<String, Object> provenance,
      Instant started,
      List<String> warnings,
      Optional<String> failure) {}

  /**
   * What the run took.
   *
   * @param trainable parameters trained, per finished or begun task
   * @param stored parameters kept beside the backbone, snapshots of strategies included
   * @param storedExampleBytes of the texts and answers that strategies keep
   */
  record Cost(
      List<Long> trainable,
      long stored,
      long storedExampleBytes,
      long backboneParameters,
      long trainTokens,
      long evaluationTokens,
      double trainSeconds,
      double evaluationSeconds,
      double totalSeconds,
      long peakMemoryBytes) {}

  static Map<String, Object> of(Content content) {
    Experiment experiment = content.experiment;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schemaVersion", SCHEMA_VERSION);
    json.put("status", content.status.id());
    content.failure.ifPresent(message -> json.put("failure", Map.of("message", message)));
    json.put("name", experiment.name());
    json.put("strategy", content.strategy);
    json.put("seed", experiment.seed());
    json.put("tasks", content.matrix.tasks());
    json.putAll(scores(experiment.head(), content.matrix.tasks()));
    json.put("accuracy", content.matrix.scores());
    content.matrix.zeroShot().ifPresent(scores -> json.put("zeroShot", scores));
    if (!content.routing.isEmpty()) {
      json.put("routingAccuracy", content.routing);
    }
    json.put("testExamples", content.matrix.testExamples());
    json.put("metrics", ContinualMetrics.of(content.matrix));
    json.put("metricDefinitions", definitions());
    if (!content.metrics.isEmpty()) {
      json.put("testMetrics", MetricJson.history(content.metrics));
    }
    json.put("protocol", protocol(experiment));
    json.put("cost", cost(content.cost));
    json.put("provenance", provenance(content));
    json.put("warnings", content.warnings);
    return json;
  }

  /** The one of all tasks; where they differ {@code mixed}, and which it is by task. */
  private static Map<String, Object> scores(Head.Factory head, List<String> tasks) {
    Map<String, String> byTask = new LinkedHashMap<>();
    tasks.forEach(task -> byTask.put(task, head.score(task)));
    Set<String> all = Set.copyOf(byTask.values());
    return all.size() == 1
        ? Map.of("score", all.iterator().next())
        : Json.object("score", MIXED, "scores", byTask);
  }

  private static List<Map<String, Object>> definitions() {
    return ContinualMetrics.definitions().stream().map(MetricJson::definition).toList();
  }

  private static Map<String, Object> protocol(Experiment experiment) {
    Map<String, Object> protocol = new LinkedHashMap<>();
    protocol.put("taskId", experiment.evaluation().taskId().name().toLowerCase(Locale.ROOT));
    protocol.put("pastData", experiment.protocol().pastData());
    protocol.put("split", experiment.evaluation().split().name().toLowerCase(Locale.ROOT));
    protocol.put("futureData", experiment.protocol().futureData());
    return protocol;
  }

  private static Map<String, Object> cost(Cost cost) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("trainableParameters", cost.trainable);
    json.put("storedParameters", cost.stored);
    json.put("storedBytes", cost.stored * Float.BYTES);
    json.put("storedExampleBytes", cost.storedExampleBytes);
    json.put("backboneParameters", cost.backboneParameters);
    json.put("tokens", Json.object("train", cost.trainTokens, "evaluation", cost.evaluationTokens));
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("train", cost.trainSeconds);
    seconds.put("evaluation", cost.evaluationSeconds);
    seconds.put("total", cost.totalSeconds);
    json.put("seconds", seconds);
    json.put("peakMemoryBytes", cost.peakMemoryBytes);
    return json;
  }

  private static Map<String, Object> provenance(Content content) {
    Map<String, Object> json = new LinkedHashMap<>(content.provenance);
    json.put("started", content.started.truncatedTo(ChronoUnit.SECONDS).toString());
    json.put("finished", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return json;
  }
}

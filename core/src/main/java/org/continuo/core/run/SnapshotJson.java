package org.continuo.core.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.continuo.api.data.Example;
import org.continuo.api.result.Metric;
import org.continuo.api.result.Prediction;
import org.continuo.core.evaluate.Evaluator;
import org.continuo.core.evaluate.MetricHistory;
import org.continuo.core.files.Json;
import org.continuo.core.train.LearnedState;

/** Snapshots as JSON and back: numbers come back bit for bit. */
final class SnapshotJson {
  private SnapshotJson() {}

  // ---- writing

  static Map<String, Object> of(Snapshot snapshot) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("fingerprint", snapshot.fingerprint());
    json.put("environment", snapshot.environment());
    json.put("eventBytes", snapshot.eventBytes());
    json.put("scores", scores(snapshot.scores()));
    json.put("spent", spent(snapshot.spent()));
    json.put("warnings", snapshot.warnings());
    Map<String, Object> tested = new LinkedHashMap<>();
    snapshot.tested().forEach((key, value) -> tested.put(key, tested(value)));
    json.put("tested", tested);
    json.put("learned", learned(snapshot.learned()));
    return json;
  }

  private static Map<String, Object> scores(Snapshot.Scores scores) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("accuracy", scores.accuracy());
    scores.zeroShot().ifPresent(row -> json.put("zeroShot", row));
    json.put("routing", scores.routing());
    scores.zeroShotReadings().ifPresent(stage -> json.put("zeroShotReadings", stage(stage)));
    json.put("readings", scores.readings().stream().map(SnapshotJson::stage).toList());
    return json;
  }

  private static List<Map<String, Object>> stage(MetricHistory.Stage stage) {
    return stage.readings().stream().map(SnapshotJson::reading).toList();
  }

  private static Map<String, Object> reading(MetricHistory.Reading reading) {
    Map<String, Object> curves = new LinkedHashMap<>();
    reading
        .curves()
        .forEach((name, all) -> curves.put(name, all.stream().map(MetricJson::curve).toList()));
    return Json.object("values", reading.values(), "curves", curves);
  }

  private static Map<String, Object> spent(Snapshot.Spent spent) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("started", spent.started().toString());
    json.put("trainable", spent.trainable());
    json.put("trainTokens", spent.trainTokens());
    json.put("evaluationTokens", spent.evaluationTokens());
    json.put("trainSeconds", spent.trainSeconds());
    json.put("evaluationSeconds", spent.evaluationSeconds());
    json.put("totalSeconds", spent.totalSeconds());
    json.put("peakMemoryBytes", spent.peakMemoryBytes());
    return json;
  }

  private static Map<String, Object> tested(Evaluator.Tested tested) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("versions", tested.versions());
    json.put("score", tested.result().score());
    tested.result().routed().ifPresent(routed -> json.put("routed", routed));
    json.put(
        "predictions",
        tested.result().predictions().stream().map(SnapshotJson::prediction).toList());
    return json;
  }

  private static Map<String, Object> prediction(Prediction prediction) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("example", prediction.example());
    json.put("answer", prediction.answer());
    json.put("expected", prediction.expected());
    json.put("grades", prediction.grades());
    json.put("probabilities", prediction.probabilities());
    return json;
  }

  private static Map<String, Object> learned(LearnedState.Facts facts) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("tasks", facts.tasks());
    json.put("experts", facts.experts());
    json.put("versions", facts.versions());
    json.put("read", facts.read());
    json.put("cut", facts.cut());
    Map<String, Object> remembered = new LinkedHashMap<>();
    facts
        .remembered()
        .forEach(
            (name, examples) ->
                remembered.put(name, examples.stream().map(SnapshotJson::example).toList()));
    json.put("remembered", remembered);
    if (!facts.made().isEmpty()) {
      Map<String, Object> made = new LinkedHashMap<>();
      facts
          .made()
          .forEach(
              (name, examples) ->
                  made.put(name, examples.stream().map(SnapshotJson::example).toList()));
      json.put("made", made);
    }
    return json;
  }

  private static Map<String, Object> example(Example example) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", example.id());
    example.task().ifPresent(task -> json.put("task", task));
    json.put("text", example.text());
    json.put("answer", example.answer());
    return json;
  }

  // ---- reading

  static Snapshot read(JsonNode json) {
    return new Snapshot(
        json.path("fingerprint").asText(),
        map(json.path("environment"), JsonNode::asText),
        json.path("eventBytes").asLong(),
        scores(json.path("scores")),
        spent(json.path("spent")),
        list(json.path("warnings"), JsonNode::asText),
        map(json.path("tested"), SnapshotJson::tested),
        learned(json.path("learned")));
  }

  private static Snapshot.Scores scores(JsonNode json) {
    return new Snapshot.Scores(
        list(json.path("accuracy"), SnapshotJson::numbers),
        optional(json, "zeroShot", SnapshotJson::numbers),
        list(json.path("routing"), SnapshotJson::numbers),
        optional(json, "zeroShotReadings", SnapshotJson::stage),
        list(json.path("readings"), SnapshotJson::stage));
  }

  private static MetricHistory.Stage stage(JsonNode json) {
    return new MetricHistory.Stage(list(json, SnapshotJson::reading));
  }

  private static MetricHistory.Reading reading(JsonNode json) {
    return new MetricHistory.Reading(
        map(json.path("values"), values -> map(values, JsonNode::asDouble)),
        map(json.path("curves"), all -> list(all, SnapshotJson::curve)));
  }

  private static Metric.Curve curve(JsonNode json) {
    return new Metric.Curve(
        json.path("name").asText(),
        json.path("x").asText(),
        json.path("y").asText(),
        list(json.path("points"), SnapshotJson::point),
        optional(json, "chosen", SnapshotJson::point));
  }

  private static Metric.Point point(JsonNode json) {
    return new Metric.Point(json.path(0).asDouble(), json.path(1).asDouble());
  }

  private static Snapshot.Spent spent(JsonNode json) {
    return new Snapshot.Spent(
        Instant.parse(json.path("started").asText()),
        list(json.path("trainable"), JsonNode::asLong),
        json.path("trainTokens").asLong(),
        json.path("evaluationTokens").asLong(),
        json.path("trainSeconds").asDouble(),
        json.path("evaluationSeconds").asDouble(),
        json.path("totalSeconds").asDouble(),
        json.path("peakMemoryBytes").asLong());
  }

  private static Evaluator.Tested tested(JsonNode json) {
    return new Evaluator.Tested(
        map(json.path("versions"), JsonNode::asLong),
        new Evaluator.Result(
            json.path("score").asDouble(),
            list(json.path("predictions"), SnapshotJson::prediction),
            optional(json, "routed", JsonNode::asDouble),
            false));
  }

  private static Prediction prediction(JsonNode json) {
    return new Prediction(
        json.path("example").asText(),
        json.path("answer").asText(),
        json.path("expected").asText(),
        map(json.path("grades"), JsonNode::asDouble),
        map(json.path("probabilities"), JsonNode::asDouble));
  }

  private static LearnedState.Facts learned(JsonNode json) {
    return new LearnedState.Facts(
        list(json.path("tasks"), JsonNode::asText),
        new TreeSet<>(list(json.path("experts"), JsonNode::asText)),
        map(json.path("versions"), JsonNode::asLong),
        new TreeSet<>(list(json.path("read"), JsonNode::asText)),
        new TreeMap<>(
            map(json.path("remembered"), examples -> list(examples, SnapshotJson::example))),
        new TreeMap<>(map(json.path("made"), examples -> list(examples, SnapshotJson::example))),
        new TreeSet<>(list(json.path("cut"), JsonNode::asText)));
  }

  private static Example example(JsonNode json) {
    return new Example(
        json.path("id").asText(),
        optional(json, "task", JsonNode::asText),
        json.path("text").asText(),
        json.path("answer").asText());
  }

  private static List<Double> numbers(JsonNode json) {
    return list(json, JsonNode::asDouble);
  }

  private static <T> List<T> list(JsonNode json, Function<JsonNode, T> element) {
    List<T> list = new ArrayList<>();
    json.forEach(node -> list.add(element.apply(node)));
    return list;
  }

  /** In the order of the file: tables and charts follow it. */
  private static <T> Map<String, T> map(JsonNode json, Function<JsonNode, T> value) {
    Map<String, T> map = new LinkedHashMap<>();
    json.properties().forEach(entry -> map.put(entry.getKey(), value.apply(entry.getValue())));
    return map;
  }

  private static <T> Optional<T> optional(JsonNode json, String name, Function<JsonNode, T> value) {
    return json.has(name) ? Optional.of(value.apply(json.get(name))) : Optional.empty();
  }
}

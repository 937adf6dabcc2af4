package org.continuo.suite.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.continuo.api.result.Prediction;
import org.continuo.core.run.RunFolder;

/**
 * The folder of a run that trained every task, as far as comparing needs it.
 *
 * @param score the grade that fills the accuracy matrix; {@code mixed} if tasks differ in it
 * @param scores that grade, by task
 * @param protocol what the strategy was allowed to know, by name
 * @param tasks in the order they were trained
 * @param answers by task, then by example: those after the last task
 */
public record FinishedRun(
    Path folder,
    String name,
    String strategy,
    String seed,
    String score,
    Map<String, String> scores,
    Map<String, String> protocol,
    List<String> tasks,
    Map<String, Map<String, Prediction>> answers) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Adds to the problems what keeps the folder from being compared; empty if there was any. */
  static Optional<FinishedRun> read(Path folder, List<String> problems) {
    Path file = folder.resolve("results.json");
    if (!Files.isRegularFile(file)) {
      problems.add(folder + ": " + notARun(folder));
      return Optional.empty();
    }
    JsonNode results;
    try {
      results = JSON.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      problems.add(
          file
              + ":"
              + e.getLocation().getLineNr()
              + ": found no JSON ("
              + e.getOriginalMessage()
              + "), expected what a run writes; run the experiment again");
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    List<String> tasks = texts(results.path("tasks"));
    int stages = results.path("accuracy").size();
    if (tasks.isEmpty() || stages < tasks.size()) {
      problems.add(
          "%s: found %d of %d tasks trained (status %s), expected a run that trained all; run its experiment.conf again to the end"
              .formatted(folder, stages, tasks.size(), results.path("status").asText("unknown")));
      return Optional.empty();
    }
    int before = problems.size();
    String score = results.path("score").asText("accuracy");
    Map<String, String> scores = new LinkedHashMap<>();
    Map<String, Map<String, Prediction>> answers = new LinkedHashMap<>();
    for (String task : tasks) {
      scores.put(task, results.path("scores").path(task).asText(score));
      Path predictions = RunFolder.predictionsFile(folder, stages - 1, tasks.get(stages - 1), task);
      answers.put(task, answers(predictions, scores.get(task), problems));
    }
    return problems.size() > before
        ? Optional.empty()
        : Optional.of(
            new FinishedRun(
                folder,
                results.path("name").asText(""),
                results.path("strategy").asText(""),
                results.path("seed").asText(""),
                score,
                Collections.unmodifiableMap(scores),
                protocol(results.path("protocol")),
                tasks,
                Collections.unmodifiableMap(answers)));
  }

  private static String notARun(Path folder) {
    if (Files.isRegularFile(folder.resolve("suite.json"))) {
      return "found the folder of a suite, expected that of a run; give one of the runs in it";
    }
    return "found no "
        + (Files.isDirectory(folder) ? "results.json in it" : "such folder")
        + ", expected the folder of a run; give one of those under runs/";
  }

  private static Map<String, Prediction> answers(Path file, String score, List<String> problems) {
    Map<String, Prediction> answers = new LinkedHashMap<>();
    if (!Files.isRegularFile(file)) {
      problems.add(
          file
              + ": found no such file, expected the answers after the last task; run the"
              + " experiment again");
      return answers;
    }
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        Optional<String> problem = addAnswer(lines.get(i), score, answers);
        if (problem.isPresent()) {
          problems.add(file + ":" + (i + 1) + ": " + problem.get() + "; run the experiment again");
          return answers;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    if (answers.isEmpty()) {
      problems.add(file + ": found no answer, expected at least one; run the experiment again");
    }
    return answers;
  }

  /** What is wrong with the line, if anything is. */
  private static Optional<String> addAnswer(
      String line, String score, Map<String, Prediction> into) {
    JsonNode json;
    try {
      json = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return Optional.of("found no JSON, expected one answer per line");
    }
    Map<String, Double> grades = new LinkedHashMap<>();
    json.properties().stream()
        .filter(field -> field.getValue().isNumber())
        .forEach(field -> grades.put(field.getKey(), field.getValue().doubleValue()));
    Map<String, Double> probabilities = new LinkedHashMap<>();
    json.path("probabilities")
        .properties()
        .forEach(field -> probabilities.put(field.getKey(), field.getValue().doubleValue()));
    String example = json.path("example").asText("");
    if (example.isEmpty() || !json.has("expected") || !grades.containsKey(score)) {
      return Optional.of("found no answer with 'example', 'expected' and '" + score + "'");
    }
    Prediction answer =
        new Prediction(
            example,
            json.path("answer").asText(""),
            json.path("expected").asText(""),
            grades,
            probabilities);
    return Optional.ofNullable(into.put(example, answer))
        .map(twice -> "found example '" + example + "' twice, expected it once");
  }

  private static Map<String, String> protocol(JsonNode json) {
    Map<String, String> protocol = new LinkedHashMap<>();
    json.properties().forEach(field -> protocol.put(field.getKey(), field.getValue().asText()));
    return protocol;
  }

  private static List<String> texts(JsonNode array) {
    return new ArrayList<>(
        StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList());
  }
}

package org.continuo.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the folder of a run holds that must be the same, bit for bit, in an equal run. */
public final class RunFiles {
  private RunFiles() {}

  /** The files of predictions by name. */
  public static Map<String, String> predictions(Path run) {
    Map<String, String> predictions = new TreeMap<>();
    try (Stream<Path> files = Files.list(run.resolve("predictions"))) {
      for (Path file : files.toList()) {
        predictions.put(file.getFileName().toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the predictions of " + run, e);
    }
    return predictions;
  }

  /** Every loss, norm of a gradient, dev score and diagnostic number in its events, in order. */
  public static List<String> learned(Path run) {
    try (Stream<String> events = Files.lines(run.resolve("events.jsonl"))) {
      return events
          .filter(event -> event.matches("\\{\"event\":\"(step|value|dev)\".*"))
          .map(event -> event.replaceAll("\"time\":\"[^\"]*\"|\"arrays\":\\d+", ""))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the events of " + run, e);
    }
  }

  /** Every optimiser step, in order. */
  public static List<TrainedStep> steps(Path run) {
    ObjectMapper json = new ObjectMapper();
    List<TrainedStep> steps = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(run.resolve("events.jsonl"))) {
        JsonNode event = json.readTree(line);
        if (event.path("event").asText().equals("step")) {
          Map<String, Double> losses = new TreeMap<>();
          event
              .path("losses")
              .properties()
              .forEach(term -> losses.put(term.getKey(), term.getValue().asDouble()));
          steps.add(
              new TrainedStep(
                  event.path("task").asText(),
                  event.path("step").asInt(),
                  event.path("loss").asDouble(),
                  losses));
        }
      }
      return steps;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the events of " + run, e);
    }
  }
}

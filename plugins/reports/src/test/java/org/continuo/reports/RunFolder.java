package org.continuo.reports;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.continuo.results.Event;
import org.continuo.results.EventLog;
import org.continuo.results.ResultsFile;

/** Folders of runs to report on, derived from the sample among the test resources. */
final class RunFolder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunFolder() {}

  /** The sample: four tasks, completed. */
  static Path completed(Path folder) throws IOException {
    return changed(folder, results -> {});
  }

  /** The sample with other results. */
  static Path changed(Path folder, Consumer<ObjectNode> change) throws IOException {
    ObjectNode results = (ObjectNode) JSON.readTree(sample("results.json"));
    change.accept(results);
    Files.writeString(folder.resolve("results.json"), JSON.writeValueAsString(results));
    Files.writeString(folder.resolve("events.jsonl"), sample("events.jsonl"));
    return folder;
  }

  /** An interrupted run of two tasks, a and b, that finished no stage and logged nothing. */
  static Path minimal(Path folder) throws IOException {
    changed(
        folder,
        results -> {
          results.put("status", "interrupted").remove("zeroShot");
          ArrayNode tasks = results.putArray("tasks");
          tasks.add("a").add("b");
          results.putArray("accuracy");
          results.putObject("metrics");
          results.putArray("testExamples").add(1).add(1);
          results.putArray("warnings");
        });
    Files.delete(folder.resolve(EventLog.NAME));
    return folder;
  }

  /** The page of the run in the folder. */
  static Path report(Path folder) throws IOException {
    return new HtmlReport().write(ResultsFile.RUN.read(folder), folder);
  }

  static void events(Path folder, List<Event> events) throws IOException {
    Files.write(folder.resolve(EventLog.NAME), events.stream().map(EventLog::line).toList());
  }

  static Event step(String task, int step, double loss, Map<String, Double> losses) {
    return new Event.Step(Instant.EPOCH, task, step, 9, loss, losses, 1e-4, 1, 10, 0);
  }

  static Event value(String name, int step, double value) {
    return new Event.Value(Instant.EPOCH, "a", step, name, value);
  }

  private static String sample(String file) throws IOException {
    try (InputStream in =
        Optional.ofNullable(RunFolder.class.getResourceAsStream("completed/" + file))
            .orElseThrow()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

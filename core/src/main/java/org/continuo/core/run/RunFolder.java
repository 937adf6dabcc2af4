package org.continuo.core.run;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.continuo.api.result.Prediction;

/** The folder of one run: what is written where. Events are flushed one by one. */
public final class RunFolder implements AutoCloseable {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Path folder;
  private final BufferedWriter events;

  private RunFolder(Path folder) throws IOException {
    this.folder = folder;
    this.events = Files.newBufferedWriter(folder.resolve("events.jsonl"));
  }

  /** A new folder {@code NAME-DATE-TIME} under {@code out}, numbered if there is one already. */
  static RunFolder create(Path out, String name) throws IOException {
    Files.createDirectories(out);
    String base = name + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(STAMP);
    int number = 1;
    Path folder = out.resolve(base);
    while (!created(folder)) {
      number++;
      folder = out.resolve(base + "-" + number);
    }
    Files.createDirectory(folder.resolve("predictions"));
    return new RunFolder(folder);
  }

  private static boolean created(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
  }

  public Path path() {
    return folder;
  }

  void experiment(String text) throws IOException {
    Files.writeString(folder.resolve("experiment.conf"), text);
  }

  /** Appends one event, under the time it has now. */
  void event(String name, Map<String, ?> values) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", name);
    line.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    line.putAll(values);
    try {
      events.write(Json.line(line));
      events.newLine();
      events.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder.resolve("events.jsonl"), e);
    }
  }

  void results(Map<String, ?> results) throws IOException {
    Json.write(folder.resolve("results.json"), results);
  }

  /** How files name the test after a stage: its number from 0, and the task just trained. */
  static String stageName(int stage, String trained) {
    return stage + "-" + trained;
  }

  /** Where a run keeps the answers to the test examples of a task after a stage. */
  public static Path predictionsFile(Path run, int stage, String trained, String task) {
    return predictionsFile(run, stageName(stage, trained), task);
  }

  private static Path predictionsFile(Path run, String stage, String task) {
    return run.resolve("predictions").resolve(stage + "--" + task + ".jsonl");
  }

  /**
   * @param stage {@code zero-shot}, or such as {@code 2-agnews}
   */
  void predictions(String stage, String task, List<Prediction> predictions) throws IOException {
    Path file = predictionsFile(folder, stage, task);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Prediction prediction : predictions) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("example", prediction.example());
        line.put("answer", prediction.answer());
        line.put("expected", prediction.expected());
        line.putAll(prediction.grades());
        if (!prediction.probabilities().isEmpty()) {
          line.put("probabilities", prediction.probabilities());
        }
        out.write(Json.line(line));
        out.newLine();
      }
    }
  }

  @Override
  public void close() throws IOException {
    events.close();
  }
}

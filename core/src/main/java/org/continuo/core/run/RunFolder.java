package org.continuo.core.run;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.DataException;
import org.continuo.api.result.Prediction;
import org.continuo.core.checkpoint.CheckpointFolders;
import org.continuo.core.files.FolderLock;
import org.continuo.core.files.Json;

/** The folder of one run: what is written where. Events are flushed one by one. */
public final class RunFolder implements AutoCloseable {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Path folder;
  private final FolderLock lock;
  private final BufferedWriter events;

  /**
   * @param lock held as long as it is open
   * @param eventBytes what stays of the events there are
   */
  private RunFolder(Path folder, FolderLock lock, long eventBytes) throws IOException {
    this.folder = folder;
    this.lock = lock;
    Path file = eventsFile();
    if (Files.exists(file)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(eventBytes);
      }
    }
    this.events =
        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /**
   * Opens it for one run.
   *
   * @throws DataException if another one is at work in it
   */
  private static RunFolder open(Path folder, long eventBytes) throws IOException {
    Files.createDirectories(folder.resolve("predictions"));
    Optional<FolderLock> lock = FolderLock.of(folder);
    if (lock.isEmpty()) {
      throw new DataException(
          folder + ": found a run at work in it, expected none; wait for its end, or interrupt it");
    }
    return new RunFolder(folder, lock.get(), eventBytes);
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
    return open(folder, 0);
  }

  /**
   * Exactly this folder; what it holds of an earlier run would be mixed with this one.
   *
   * @throws DataException if it holds the results of a run
   */
  static RunFolder at(Path folder) throws IOException {
    if (Files.exists(folder.resolve("results.json"))) {
      throw new DataException(
          folder
              + ": found results.json in it, expected a folder without the results of a run; name"
              + " another folder");
    }
    RunFolder opened = open(folder, 0);
    opened.checkpoints().clear();
    return opened;
  }

  /** Where a run goes. */
  @FunctionalInterface
  public interface Place {
    RunFolder open(String name) throws IOException;

    /** A new folder named after the experiment and the time. */
    static Place under(Path out) {
      return name -> create(out, name);
    }

    /** Exactly this folder. */
    static Place at(Path folder) {
      return name -> RunFolder.at(folder);
    }

    /** That of a run that goes on; events after its checkpoint are dropped. */
    static Place of(UnfinishedRun run) {
      long events = run.checkpoint().map(c -> c.snapshot().eventBytes()).orElse(0L);
      return name -> RunFolder.open(run.folder(), events);
    }
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
    Path part = folder.resolve("experiment.conf.part");
    Files.writeString(part, text);
    Files.move(
        part,
        folder.resolve("experiment.conf"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  CheckpointFolders checkpoints() {
    return new CheckpointFolders(folder);
  }

  private Path eventsFile() {
    return folder.resolve("events.jsonl");
  }

  /** Length of what {@link #event} has written so far. */
  long eventBytes() throws IOException {
    return Files.size(eventsFile());
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
      throw new UncheckedIOException("cannot write to " + eventsFile(), e);
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
    try (lock) {
      events.close();
    }
  }
}

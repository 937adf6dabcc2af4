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
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.continuo.api.data.DataException;
import org.continuo.api.result.Prediction;
import org.continuo.core.checkpoint.CheckpointFolders;
import org.continuo.core.files.FolderLock;
import org.continuo.results.Event;
import org.continuo.results.EventLog;
import org.continuo.results.PredictionsFile;
import org.continuo.results.ResultsFile;
import org.continuo.results.RunResults;

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
    Files.createDirectories(folder.resolve(PredictionsFile.FOLDER));
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
    if (ResultsFile.RUN.isIn(folder)) {
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
      long events = run.checkpoint().map(c -> c.state().eventBytes()).orElse(0L);
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
    return folder.resolve(EventLog.NAME);
  }

  /** Length of what {@link #event} has written so far. */
  long eventBytes() throws IOException {
    return Files.size(eventsFile());
  }

  /** Appends one event. */
  void event(Event event) {
    try {
      events.write(EventLog.line(event));
      events.newLine();
      events.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + eventsFile(), e);
    }
  }

  void results(RunResults results) throws IOException {
    ResultsFile.RUN.write(results, folder);
  }

  /**
   * @param stage as {@link PredictionsFile} names it
   */
  void predictions(String stage, String task, List<Prediction> predictions) throws IOException {
    PredictionsFile.write(predictions, PredictionsFile.in(folder, stage, task));
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      events.close();
    }
  }
}

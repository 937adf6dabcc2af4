package org.continuo.suite.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.continuo.core.checkpoint.CheckpointFolders;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.files.FileTree;
import org.continuo.core.files.FolderLock;
import org.continuo.results.ResultsFile;
import org.continuo.results.RunResults;

/** Where the runs of a suite are. */
public final class SuiteFolder implements AutoCloseable {
  private final Path folder;
  private final FolderLock lock;

  private SuiteFolder(Path folder, FolderLock lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Makes it, or takes it up again.
   *
   * @throws InvalidInput if another suite works in it
   */
  public static SuiteFolder open(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("runs"));
    Optional<FolderLock> lock = FolderLock.of(folder);
    if (lock.isEmpty()) {
      throw new InvalidInput(
          folder
              + ": found another suite at work in it, expected none; wait for its end, or give"
              + " another --out or suite.name");
    }
    SuiteFolder opened = new SuiteFolder(folder, lock.get());
    for (Path left : opened.running()) {
      opened.leave(left);
    }
    return opened;
  }

  public Path path() {
    return folder;
  }

  /** Where the run of this hash is, once it has completed, relative to the suite's folder. */
  public static Path place(String hash) {
    return Path.of("runs", hash);
  }

  /** Under {@code suite}, which need not exist; empty if the run has not completed. */
  public static Optional<RunResults> completed(Path suite, String hash) {
    return ResultsFile.RUN.find(suite.resolve(place(hash))).filter(RunResults::completed);
  }

  /**
   * A folder for a run to work in that nobody else uses: what an interrupted or killed start left
   * of it, if it came to a checkpoint, else an empty one.
   */
  Path begin(String hash) throws IOException {
    for (Path left : running()) {
      if (isOf(left, hash) && resumable(left) && free(left)) {
        return left;
      }
    }
    return Files.createTempDirectory(Files.createDirectories(runningFolder()), hash + "-");
  }

  /** Whether a run can go on in its folder. */
  static boolean resumable(Path work) throws IOException {
    return new CheckpointFolders(work).latest().isPresent();
  }

  /** False while the worker of a killed suite still writes its last. */
  private static boolean free(Path work) throws IOException {
    Optional<FolderLock> lock = FolderLock.of(work);
    if (lock.isPresent()) {
      lock.get().close();
    }
    return lock.isPresent();
  }

  /** Keeps what a later start can go on with of a run that was interrupted. */
  void leave(Path work) throws IOException {
    if (!resumable(work)) {
      FileTree.delete(work);
    }
  }

  /** Keeps a run that has completed. */
  void keep(Path work, String hash) throws IOException {
    Path place = folder.resolve(place(hash));
    FileTree.delete(place);
    FileTree.delete(failed(hash));
    Files.move(work, place, StandardCopyOption.ATOMIC_MOVE);
    for (Path left : running()) {
      if (isOf(left, hash)) {
        FileTree.delete(left);
      }
    }
  }

  /** Keeps what there is of a failed run, for people. */
  void keepFailed(Path work, String hash) throws IOException {
    Files.createDirectories(failed(hash).getParent());
    FileTree.delete(failed(hash));
    Files.move(work, failed(hash), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path runningFolder() {
    return folder.resolve("running");
  }

  /** Where runs are at work, or were when a start was killed. */
  private List<Path> running() throws IOException {
    if (!Files.isDirectory(runningFolder())) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(runningFolder())) {
      return folders.sorted().toList();
    }
  }

  private static boolean isOf(Path work, String hash) {
    return work.getFileName().toString().startsWith(hash + "-");
  }

  Path failed(String hash) {
    return folder.resolve("failed").resolve(hash);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}

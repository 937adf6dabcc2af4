package org.continuo.core.suite.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.suite.result.RunRecord;

/** Where the runs of a suite are. */
public final class SuiteFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel lockFile;

  private SuiteFolder(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /**
   * Makes it, or takes it up again.
   *
   * @throws InvalidInput if another suite works in it
   */
  public static SuiteFolder open(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("runs"));
    FileChannel channel =
        FileChannel.open(
            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      channel.close();
      throw new InvalidInput(
          folder
              + ": found another suite at work in it, expected none; wait for its end, or give"
              + " another --out or suite.name");
    }
    SuiteFolder opened = new SuiteFolder(folder, channel);
    opened.delete(opened.running());
    return opened;
  }

  /** The system gives the lock back when this process ends, however that comes. */
  private static boolean locked(FileChannel channel) throws IOException {
    try {
      Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
      return lock.isPresent();
    } catch (OverlappingFileLockException thisProcess) {
      return false;
    }
  }

  public Path path() {
    return folder;
  }

  /** Where the run of this hash is, once it has completed, relative to the suite's folder. */
  public static Path place(String hash) {
    return Path.of("runs", hash);
  }

  /** Under {@code suite}, which need not exist; empty if the run has not completed. */
  public static Optional<RunRecord> completed(Path suite, String hash) {
    return RunRecord.read(suite.resolve(place(hash))).filter(RunRecord::completed);
  }

  /** A folder for a run to work in that nobody else uses, not even what is left of a killed one. */
  Path begin(String hash) throws IOException {
    Files.createDirectories(running());
    return Files.createTempDirectory(running(), hash + "-");
  }

  /** Keeps a run that has completed. */
  void keep(Path work, String hash) throws IOException {
    Path place = folder.resolve(place(hash));
    delete(place);
    delete(failed(hash));
    Files.move(work, place, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Keeps what there is of a failed run, for people. */
  void keepFailed(Path work, String hash) throws IOException {
    Files.createDirectories(failed(hash).getParent());
    delete(failed(hash));
    Files.move(work, failed(hash), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path running() {
    return folder.resolve("running");
  }

  Path failed(String hash) {
    return folder.resolve("failed").resolve(hash);
  }

  /** With all that is in it; a worker of a killed suite may still be writing its last. */
  void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException e)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}

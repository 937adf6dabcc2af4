package org.continuo.checkpoints.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.continuo.api.plugin.Stability;

/**
 * A folder for this process alone, deleted when it ends. What a process left that was killed is
 * deleted by the next that makes one: nobody holds its lock any more.
 */
@Stability(Stability.Level.EVOLVING)
public final class TemporaryFolder {
  private static final String LOCK = ".lock";
  private static final String CONTENT = "content";

  private TemporaryFolder() {}

  /**
   * An empty one, where the system keeps such.
   *
   * @param prefix of its name, the same for all that are swept together
   */
  public static Path create(String prefix) throws IOException {
    return held(Files.createTempDirectory(prefix), prefix);
  }

  /** An empty one in a folder that is there: what it becomes can be moved beside it. */
  public static Path create(Path parent, String prefix) throws IOException {
    return held(Files.createTempDirectory(parent, prefix), prefix);
  }

  private static Path held(Path folder, String prefix) throws IOException {
    FileChannel held =
        FileChannel.open(
            folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    held.lock();
    sweep(folder.getParent(), prefix);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(held, folder), "temporary-folder"));
    return Files.createDirectory(folder.resolve(CONTENT));
  }

  private static void end(FileChannel held, Path folder) {
    try (held) {
      delete(folder);
    } catch (IOException | UncheckedIOException left) {
      // the next one sweeps it
    }
  }

  private static void sweep(Path parent, String prefix) throws IOException {
    List<Path> all;
    try (Stream<Path> folders = Files.list(parent)) {
      all = folders.filter(each -> each.getFileName().toString().startsWith(prefix)).toList();
    }
    for (Path each : all) {
      try {
        if (left(each)) {
          delete(each);
        }
      } catch (IOException | UncheckedIOException anotherUsers) {
        // not ours to delete
      }
    }
  }

  /** Without a lock it may be about to get one. */
  private static boolean left(Path folder) throws IOException {
    Path lock = folder.resolve(LOCK);
    if (!Files.isRegularFile(lock)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      Optional<FileLock> free = Optional.ofNullable(channel.tryLock());
      return free.isPresent();
    } catch (OverlappingFileLockException thisProcess) {
      return false;
    }
  }

  /** With all that is in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}

package org.continuo.checkpoints.files;

import ai.djl.util.Utils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;
import org.continuo.api.plugin.Stability;

/**
 * A folder of files that is written once for all processes of a user, beside the libraries that DJL
 * keeps. It is named by the digests of its files and compared with them before each use; it appears
 * when it is whole.
 */
@Stability(Stability.Level.EVOLVING)
public final class KeptFolder {
  private static final int DIGITS = 16;

  private KeptFolder() {}

  /** Writes the files into an empty folder. */
  @FunctionalInterface
  @Stability(Stability.Level.EVOLVING)
  public interface Maker {
    void make(Path folder) throws IOException;
  }

  /**
   * The folder with exactly these files, in the cache or, where that cannot be written, a temporary
   * one.
   *
   * @param name how its own name begins
   * @param sha256 of each file, by its path below the folder
   * @param maker asked if there is no such folder yet
   * @throws DataException if the maker's files are others
   */
  public static Path of(String name, SortedMap<String, String> sha256, Maker maker)
      throws IOException {
    Path cache = Utils.getCacheDir().resolve("continuo");
    try {
      return in(cache, name, sha256, maker);
    } catch (IOException readOnlyOrFull) {
      return made(name, TemporaryFolder.create("continuo-" + name + "-"), sha256, maker);
    }
  }

  /** The same, of files that are in memory. */
  public static Path of(String name, SortedMap<String, byte[]> contents) throws IOException {
    SortedMap<String, String> sha256 = new TreeMap<>();
    contents.forEach((file, bytes) -> sha256.put(file, new Sha256().add(bytes).hex()));
    return of(name, sha256, folder -> write(folder, contents));
  }

  /** Each file at its path below the folder. */
  public static void write(Path folder, Map<String, byte[]> contents) throws IOException {
    for (Map.Entry<String, byte[]> file : contents.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  static Path in(Path cache, String name, SortedMap<String, String> sha256, Maker maker)
      throws IOException {
    Sha256 digest = new Sha256();
    sha256.forEach((file, hex) -> digest.add(file).add((byte) 0).add(hex));
    Path folder = cache.resolve(name + "-" + digest.hex().substring(0, DIGITS));
    if (found(folder).equals(sha256)) {
      return folder;
    }
    Files.createDirectories(cache);
    Path part = made(name, TemporaryFolder.create(cache, "." + name + "-"), sha256, maker);
    if (Files.exists(folder)) {
      TemporaryFolder.delete(folder);
    }
    try {
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      TemporaryFolder.delete(part);
      if (!found(folder).equals(sha256)) { // else another process was faster
        throw e;
      }
    }
    return folder;
  }

  private static Path made(String name, Path folder, SortedMap<String, String> sha256, Maker maker)
      throws IOException {
    maker.make(folder);
    SortedMap<String, String> found = found(folder);
    if (!found.equals(sha256)) {
      found.entrySet().removeAll(sha256.entrySet());
      TemporaryFolder.delete(folder);
      throw new DataException(
          "%s: found files with other contents than they are known by: %s; expected %s; their source has changed, so take another"
              .formatted(name, found, sha256));
    }
    return folder;
  }

  /** Digests by path; empty if there is no such folder. */
  private static SortedMap<String, String> found(Path folder) throws IOException {
    SortedMap<String, String> found = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String name = folder.relativize(file).toString().replace('\\', '/');
          found.put(name, new Sha256().add(file).hex());
        }
      }
    }
    return found;
  }
}

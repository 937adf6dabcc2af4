package org.continuo.backbone.pytorch.checkpoint;

import ai.djl.util.Utils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.continuo.checkpoints.files.Sha256;

/**
 * A folder of files that is written once for all processes of a user, beside the libraries that DJL
 * keeps. It is named by the digest of its files and compared with them before each use; it appears
 * when it is whole.
 */
final class KeptFolder {
  private static final int DIGITS = 16;

  private KeptFolder() {}

  /**
   * The folder with exactly these files, in the cache or, where that cannot be written, a temporary
   * one.
   *
   * @param contents bytes by name, in a fixed order
   */
  static Path of(String name, Map<String, byte[]> contents) throws IOException {
    try {
      return in(Utils.getCacheDir().resolve("continuo"), name, contents);
    } catch (IOException readOnlyOrFull) {
      return write(TemporaryFolder.create("continuo-" + name + "-"), contents);
    }
  }

  static Path in(Path cache, String name, Map<String, byte[]> contents) throws IOException {
    Sha256 digest = new Sha256();
    contents.forEach((file, bytes) -> digest.add(file).add((byte) 0).add(bytes));
    Path folder = cache.resolve(name + "-" + digest.hex().substring(0, DIGITS));
    if (whole(folder, contents)) {
      return folder;
    }
    Files.createDirectories(cache);
    Path part = write(Files.createTempDirectory(cache, "." + name), contents);
    if (Files.exists(folder)) {
      TemporaryFolder.delete(folder);
    }
    try {
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      TemporaryFolder.delete(part);
      if (!whole(folder, contents)) { // else another process was faster
        throw e;
      }
    }
    return folder;
  }

  private static Path write(Path folder, Map<String, byte[]> contents) throws IOException {
    for (Map.Entry<String, byte[]> file : contents.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    return folder;
  }

  private static boolean whole(Path folder, Map<String, byte[]> contents) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.count() != contents.size()) {
        return false;
      }
    }
    for (Map.Entry<String, byte[]> file : contents.entrySet()) {
      Path path = folder.resolve(file.getKey());
      if (!Files.isRegularFile(path)
          || Files.size(path) != file.getValue().length
          || !Arrays.equals(Files.readAllBytes(path), file.getValue())) {
        return false;
      }
    }
    return true;
  }
}

package org.continuo.core.engine;

import ai.djl.util.Utils;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.continuo.core.config.InvalidInput;

/**
 * The folder into which DJL unpacks native libraries and from which it loads them: who can write
 * there runs code as this user. It is {@code DJL_CACHE_DIR} or {@code ENGINE_CACHE_DIR} where they
 * say one, else below the home folder, as DJL has it. Where that cannot be written, DJL would take
 * a folder for all users under the temporary folder; here it is one of this user alone.
 */
public final class NativeCache {
  /** What DJL reads, first of the environment, then of the properties of the JVM. */
  private static final String SETTING = "DJL_CACHE_DIR";

  private static final String ENGINES = "ENGINE_CACHE_DIR";
  private static final String CURE =
      "set DJL_CACHE_DIR to a folder of your own that nobody else can write";
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private NativeCache() {}

  /**
   * Chooses it for this process; to be called before any engine loads.
   *
   * @return the folder, which need not exist
   * @throws InvalidInput if somebody else could have put libraries there
   */
  public static Path prepare() {
    try {
      if (said(SETTING).isEmpty() && said(ENGINES).isEmpty() && !writable(home())) {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        System.setProperty(SETTING, privateFolder(temporary).toString());
      }
      Path folder = Utils.getEngineCacheDir().toAbsolutePath();
      requireTrusted(folder);
      return folder;
    } catch (IOException e) {
      throw new InvalidInput(
          "no place for native libraries: %s (%s); %s"
              .formatted(e.getMessage(), e.getClass().getSimpleName(), CURE));
    }
  }

  private static Optional<String> said(String name) {
    return Stream.of(System.getenv().getOrDefault(name, ""), System.getProperty(name, ""))
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private static Path home() {
    return Path.of(System.getProperty("user.home"));
  }

  private static boolean writable(Path folder) {
    return Files.isDirectory(folder) && Files.isWritable(folder);
  }

  /**
   * The folder of this user under one that all can write: made with no rights for others, or found
   * so.
   *
   * @throws InvalidInput if one of that name is another user's, or open to others
   */
  static Path privateFolder(Path temporary) throws IOException {
    UserPrincipal self = self(temporary);
    Path folder = temporary.resolve("continuo-" + self.getName());
    if (!POSIX) {
      return Files.createDirectories(folder);
    }
    try {
      return Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
    } catch (FileAlreadyExistsException there) {
      PosixFileAttributes found = attributes(folder);
      if (!found.isDirectory() || !found.owner().equals(self)) {
        throw refused(
            folder,
            (found.isDirectory() ? "a folder" : "something else than a folder")
                + " of user "
                + found.owner().getName());
      }
      if (!found.permissions().equals(PRIVATE)) {
        throw refused(folder, "rights " + PosixFilePermissions.toString(found.permissions()));
      }
      return folder;
    }
  }

  private static InvalidInput refused(Path folder, String found) {
    return new InvalidInput(
        "%s: found %s, expected a folder of this user with rights rwx------: native libraries would be loaded from it; delete it, or %s"
            .formatted(folder, found, CURE));
  }

  /** As the system writes it on what this process makes; its name may be a number. */
  private static UserPrincipal self(Path temporary) throws IOException {
    Path probe = Files.createTempFile(temporary, "continuo", "");
    try {
      return Files.getOwner(probe);
    } finally {
      Files.delete(probe);
    }
  }

  /**
   * Below a folder in use, DJL has made its own: none of them may be open to all.
   *
   * @throws InvalidInput naming the one that is
   */
  static void requireTrusted(Path folder) throws IOException {
    for (Path part :
        Stream.of(folder, folder.resolve("pytorch"), folder.resolve("tokenizers")).toList()) {
      if (POSIX && Files.isDirectory(part)) {
        PosixFileAttributes found = Files.readAttributes(part, PosixFileAttributes.class);
        if (found.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
          throw new InvalidInput(
              "%s: found a folder that every user can write (%s), expected one that only its owner can: native libraries are loaded from it; chmod o-w it if you trust what is in it, or %s"
                  .formatted(part, PosixFilePermissions.toString(found.permissions()), CURE));
        }
      }
    }
  }

  private static PosixFileAttributes attributes(Path folder) throws IOException {
    return Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}

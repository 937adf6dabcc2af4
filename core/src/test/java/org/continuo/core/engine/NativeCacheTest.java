package org.continuo.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.continuo.core.config.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Native libraries come from nowhere that another user can write. */
@DisabledOnOs(OS.WINDOWS)
class NativeCacheTest {
  @TempDir Path temporary;

  private static void rights(Path path, String rights) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
  }

  private String refusal() {
    return assertThrows(InvalidInput.class, () -> NativeCache.privateFolder(temporary))
        .getMessage();
  }

  @Test
  void theFolderIsOfThisUserAloneAndFoundAgain() throws IOException {
    Path folder = NativeCache.privateFolder(temporary);
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    assertEquals(folder, NativeCache.privateFolder(temporary));
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(List.of(folder), left.toList());
    }
  }

  @Test
  void oneThatOthersMayWriteIsRefused() throws IOException {
    Path folder = NativeCache.privateFolder(temporary);
    rights(folder, "rwxrwxrwx");
    assertTrue(refusal().startsWith(folder + ": found rights rwxrwxrwx, expected"), refusal());
    assertTrue(refusal().contains("set DJL_CACHE_DIR to a folder of your own"), refusal());
  }

  @Test
  void aLinkInItsPlaceIsRefused() throws IOException {
    Path folder = NativeCache.privateFolder(temporary);
    Files.delete(folder);
    Files.createSymbolicLink(folder, Files.createDirectory(temporary.resolve("elsewhere")));
    assertTrue(refusal().startsWith(folder + ": found something else than a folder"), refusal());
  }

  @Test
  void aChosenFolderIsNotOpenToAll() throws IOException {
    Path chosen = Files.createDirectory(temporary.resolve("chosen"));
    NativeCache.requireTrusted(chosen);
    Path libraries = Files.createDirectory(chosen.resolve("pytorch"));
    rights(libraries, "rwxrwxrwx");
    String said =
        assertThrows(InvalidInput.class, () -> NativeCache.requireTrusted(chosen)).getMessage();
    assertTrue(
        said.startsWith(libraries + ": found a folder that every user can write (rwxrwxrwx)"),
        said);
  }
}

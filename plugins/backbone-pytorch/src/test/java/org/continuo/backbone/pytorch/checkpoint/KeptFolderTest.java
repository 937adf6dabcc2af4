package org.continuo.backbone.pytorch.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that is killed leaves behind: one copy for all, or what the next one deletes. */
class KeptFolderTest {
  private static final Map<String, byte[]> FILES =
      new TreeMap<>(Map.of("a", "one".getBytes(UTF_8), "b", new byte[100_000]));

  @TempDir Path cache;

  private Path kept() {
    try {
      return KeptFolder.in(cache, "model", FILES);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  @Test
  void processesThatStartTogetherShareOneWholeFolder() throws IOException {
    List<Path> folders =
        IntStream.range(0, 16).parallel().mapToObj(i -> kept()).distinct().toList();
    assertEquals(in(cache), folders);
    assertEquals("one", Files.readString(folders.get(0).resolve("a")));
  }

  @Test
  void aDamagedCopyIsMadeAnew() throws IOException {
    Path folder = kept();
    Files.write(folder.resolve("b"), new byte[] {1});
    assertEquals(folder, kept());
    assertEquals(100_000, Files.size(folder.resolve("b")));
    Files.writeString(folder.resolve("c"), "another's");
    kept();
    assertFalse(Files.exists(folder.resolve("c")));
    Path other = KeptFolder.in(cache, "model", Map.of("a", new byte[0]));
    assertNotEquals(folder, other, "other files, another folder");
  }

  @Test
  void whatAKilledProcessLeftIsSweptAndWhatIsInUseStays() throws IOException {
    String prefix = "continuo-sweep-" + ProcessHandle.current().pid() + "-";
    Path inUse = TemporaryFolder.create(prefix);
    Path left = Files.createTempDirectory(prefix);
    Files.writeString(Files.createFile(left.resolve(".lock")).resolveSibling("weights"), "2.7 MB");
    Path withoutLock = Files.createTempDirectory(prefix);
    Path next = TemporaryFolder.create(prefix);
    assertFalse(Files.exists(left));
    assertTrue(Files.isDirectory(inUse) && Files.isDirectory(next));
    assertTrue(Files.isDirectory(withoutLock), "it may be about to get one");
    Files.delete(withoutLock);
  }
}

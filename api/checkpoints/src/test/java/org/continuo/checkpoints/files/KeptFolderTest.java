package org.continuo.checkpoints.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that is killed leaves behind: one copy for all, or what the next one deletes. */
class KeptFolderTest {
  private static final Map<String, byte[]> FILES =
      Map.of("a", "one".getBytes(UTF_8), "below/b", new byte[100_000]);

  @TempDir Path cache;

  private Path kept() {
    return kept(FILES, FILES);
  }

  private Path kept(Map<String, byte[]> known, Map<String, byte[]> made) {
    SortedMap<String, String> sha256 = new TreeMap<>();
    known.forEach((file, bytes) -> sha256.put(file, new Sha256().add(bytes).hex()));
    try {
      return KeptFolder.in(cache, "model", sha256, folder -> KeptFolder.write(folder, made));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> !each.getFileName().toString().startsWith(".")).toList();
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
    Files.write(folder.resolve("below/b"), new byte[] {1});
    assertEquals(folder, kept());
    assertEquals(100_000, Files.size(folder.resolve("below/b")));
    Files.writeString(folder.resolve("c"), "another's");
    kept();
    assertFalse(Files.exists(folder.resolve("c")));
    Map<String, byte[]> others = Map.of("a", new byte[0]);
    assertNotEquals(folder, kept(others, others), "other files, another folder");
  }

  @Test
  void filesWithOtherContentsThanTheyAreKnownByAreNotKept() throws IOException {
    DataException e =
        assertThrows(
            DataException.class,
            () -> kept(Map.of("a", "one".getBytes(UTF_8)), Map.of("a", "two".getBytes(UTF_8))));
    assertTrue(
        e.getMessage()
            .contains(
                "found files with other contents than they are known by: {a="
                    + new Sha256().add("two").hex()
                    + "}; expected {a="
                    + new Sha256().add("one").hex()
                    + "}"),
        e.getMessage());
    assertEquals(List.of(), in(cache));
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

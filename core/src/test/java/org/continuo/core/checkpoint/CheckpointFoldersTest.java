package org.continuo.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.continuo.api.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFoldersTest {
  @TempDir Path run;

  private void add(String name) throws IOException {
    new CheckpointFolders(run).add(name, into -> Files.writeString(into.resolve("x"), name));
  }

  @Test
  void theLatestIsThatOfTheHighestStage() throws IOException {
    CheckpointFolders folders = new CheckpointFolders(run);
    assertEquals(Optional.empty(), folders.latest());
    add("2-b");
    add("10-a");
    Path latest = folders.path().resolve("10-a");
    assertEquals(Optional.of(latest), folders.latest());
    folders.keepLatest();
    assertFalse(Files.exists(folders.path().resolve("2-b")));
    assertEquals("10-a", Files.readString(latest.resolve("x")));
    folders.clear();
    assertFalse(Files.exists(folders.path()));
  }

  @Test
  void oneThatBreaksOffLeavesThoseThereAre() throws IOException {
    add("0-a");
    CheckpointFolders folders = new CheckpointFolders(run);
    assertThrows(
        IOException.class,
        () ->
            folders.add(
                "1-b",
                into -> {
                  Files.writeString(into.resolve("x"), "half");
                  throw new IOException("no space left");
                }));
    Path first = folders.path().resolve("0-a");
    assertEquals(Optional.of(first), folders.latest());
    CheckpointFolders.verify(first);
    add("1-b");
    assertEquals(Optional.of(folders.path().resolve("1-b")), folders.latest());
    CheckpointFolders.verify(folders.path().resolve("1-b"));
  }

  private static String damage(Path checkpoint) {
    return assertThrows(DataException.class, () -> CheckpointFolders.verify(checkpoint))
        .getMessage();
  }

  @Test
  void sumsThatDoNotCoverEveryFileVouchForNone() throws IOException {
    add("0-a");
    Path checkpoint = run.resolve("checkpoints/0-a");
    Path sums = checkpoint.resolve("SHA256SUMS");
    String whole = Files.readString(sums);
    Files.writeString(sums, "");
    assertTrue(damage(checkpoint).contains("found no digest of x in SHA256SUMS"));
    Files.writeString(sums, whole);
    CheckpointFolders.verify(checkpoint);
    Files.writeString(checkpoint.resolve("y"), "another's");
    assertTrue(damage(checkpoint).contains("found no digest of y in SHA256SUMS"));
    Files.delete(checkpoint.resolve("y"));
    Files.write(sums, new byte[] {(byte) 0xff, 0, '\n'});
    assertTrue(damage(checkpoint).contains("a line in SHA256SUMS that is no digest of a file"));
    Files.writeString(sums, whole.replace("  x", "  ../0-a/x"));
    assertTrue(damage(checkpoint).contains("a line in SHA256SUMS that is no digest of a file"));
  }

  @Test
  void aFolderOfAStageThatNoRunComesToIsNamed() throws IOException {
    add("0-a");
    Path foreign = Files.createDirectory(run.resolve("checkpoints/12345678901234-b"));
    assertEquals(
        foreign
            + ": found a checkpoint of stage 12345678901234, expected STAGE-TASK with a stage that a run comes to, as in 0-reviews; it is none of Continuo's: delete or move it, then start again",
        assertThrows(DataException.class, () -> new CheckpointFolders(run).latest()).getMessage());
  }

  @Test
  void aChangedFileIsNoticed() throws IOException {
    add("0-a");
    Path checkpoint = run.resolve("checkpoints/0-a");
    Files.writeString(checkpoint.resolve("x"), "0-b");
    DataException damage =
        assertThrows(DataException.class, () -> CheckpointFolders.verify(checkpoint));
    assertTrue(damage.getMessage().contains("another digest of x"), damage.getMessage());
  }

  @Test
  void everyFileNeedsItsDigest() throws IOException {
    add("0-a");
    Path checkpoint = run.resolve("checkpoints/0-a");
    Path sums = checkpoint.resolve("SHA256SUMS");
    String whole = Files.readString(sums);
    for (String partial :
        new String[] {"", "\n", whole.replace("  x", "  y"), whole.replace("  x", "  ./x")}) {
      Files.writeString(sums, partial);
      DataException damage =
          assertThrows(DataException.class, () -> CheckpointFolders.verify(checkpoint), partial);
      assertTrue(damage.getMessage().contains("no digest of x in SHA256SUMS"), partial);
    }
    Files.writeString(sums, whole);
    CheckpointFolders.verify(checkpoint);
    Files.writeString(checkpoint.resolve("more"), "");
    assertTrue(
        assertThrows(DataException.class, () -> CheckpointFolders.verify(checkpoint))
            .getMessage()
            .contains("no digest of more in SHA256SUMS"));
  }
}

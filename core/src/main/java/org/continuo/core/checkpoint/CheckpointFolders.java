package org.continuo.core.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;
import org.continuo.checkpoints.files.Sha256;
import org.continuo.core.files.FileTree;

/**
 * The folder {@code checkpoints/} of a run: one folder per checkpoint, {@code STAGE-TASK}, that
 * appears under its name only when it is complete. {@code SHA256SUMS} in it can also be checked
 * with {@code sha256sum -c}.
 */
public final class CheckpointFolders {
  private static final String PART = ".part";
  private static final String SUMS = "SHA256SUMS";
  private static final Pattern NAME = Pattern.compile("(\\d+)-.+");

  /** What {@code sha256sum} writes of a file beside it. */
  private static final Pattern SUM = Pattern.compile("([0-9a-f]{64})  ([^/\\\\]+)");

  private final Path folder;

  /**
   * @param run folder of the run
   */
  public CheckpointFolders(Path run) {
    folder = run.resolve("checkpoints");
  }

  public Path path() {
    return folder;
  }

  /** Writes the files of one checkpoint. */
  @FunctionalInterface
  public interface Content {
    void write(Path into) throws IOException;
  }

  /** Writes one; whatever ends the process before it is complete leaves those there are. */
  public void add(String name, Content content) throws IOException {
    Path part = folder.resolve(PART);
    FileTree.delete(part);
    Files.createDirectories(part);
    content.write(part);
    List<String> sums = new ArrayList<>();
    for (Path file : files(part)) {
      sums.add(new Sha256().add(file).hex() + "  " + file.getFileName());
      force(file);
    }
    force(Files.write(part.resolve(SUMS), sums));
    forceFolder(part);
    Path place = folder.resolve(name);
    FileTree.delete(place);
    Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
    forceFolder(folder);
  }

  /** The one with the highest stage. */
  public Optional<Path> latest() throws IOException {
    return all().stream().max(Comparator.comparingInt(CheckpointFolders::stage));
  }

  /** Deletes all but the latest. */
  public void keepLatest() throws IOException {
    Optional<Path> latest = latest();
    for (Path checkpoint : all()) {
      if (latest.filter(checkpoint::equals).isEmpty()) {
        FileTree.delete(checkpoint);
      }
    }
  }

  /** Deletes all there is. */
  public void clear() throws IOException {
    FileTree.delete(folder);
  }

  private List<Path> all() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.filter(each -> NAME.matcher(name(each)).matches()).toList();
    }
  }

  /**
   * @throws DataException if no run has that many
   */
  private static int stage(Path checkpoint) {
    String stage = NAME.matcher(name(checkpoint)).replaceFirst("$1");
    try {
      return Integer.parseInt(stage);
    } catch (NumberFormatException e) {
      throw new DataException(
          "%s: found a checkpoint of stage %s, expected STAGE-TASK with a stage that a run comes to, as in 0-reviews; it is none of Continuo's: delete or move it, then start again"
              .formatted(checkpoint, stage),
          e);
    }
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  /**
   * Compares every file with its digest.
   *
   * @throws DataException with each file that is missing, has none or differs
   */
  public static void verify(Path checkpoint) throws IOException {
    Path sums = checkpoint.resolve(SUMS);
    if (!Files.isRegularFile(sums)) {
      throw new DataException(damaged(checkpoint, "no " + SUMS));
    }
    List<String> problems = new ArrayList<>();
    Set<String> listed = new HashSet<>(Set.of(SUMS));
    // any byte is a character: a line that is none of ours is told as one
    for (String line : Files.readAllLines(sums, StandardCharsets.ISO_8859_1)) {
      Matcher sum = SUM.matcher(line);
      if (!sum.matches()) {
        problems.add(damaged(checkpoint, "a line in " + SUMS + " that is no digest of a file"));
        continue;
      }
      Path file = checkpoint.resolve(sum.group(2));
      listed.add(name(file));
      if (!Files.isRegularFile(file)) {
        problems.add(damaged(checkpoint, "no " + name(file)));
      } else if (!new Sha256().add(file).hex().equals(sum.group(1))) {
        problems.add(damaged(checkpoint, "another digest of " + name(file) + " than in " + SUMS));
      }
    }
    for (Path file : files(checkpoint)) {
      if (!listed.contains(name(file))) {
        problems.add(damaged(checkpoint, "no digest of " + name(file) + " in " + SUMS));
      }
    }
    if (!problems.isEmpty()) {
      throw new DataException(problems);
    }
  }

  /**
   * @throws DataException with each file of these that is missing
   */
  public static void require(Path checkpoint, List<String> files) {
    List<String> missing =
        files.stream()
            .filter(file -> !Files.isRegularFile(checkpoint.resolve(file)))
            .map(file -> damaged(checkpoint, "no " + file))
            .toList();
    if (!missing.isEmpty()) {
      throw new DataException(missing);
    }
  }

  private static String damaged(Path checkpoint, String found) {
    return "%s: found %s, expected the checkpoint as it was written; put it back from a copy, or delete the folder: 'continuo resume' then goes on from the one before, or from the beginning"
        .formatted(checkpoint, found);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** A rename may reach the disk before what was written. */
  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** The names in a folder; where a system has no such thing, what it does is enough. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException notHere) {
      // Windows opens no folders
    }
  }
}

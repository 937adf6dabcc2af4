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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
  private static final Pattern SUM = Pattern.compile("([0-9a-f]{64})  ([^/\\\\\\p{Cntrl}]+)");
  private static final Pattern NAME = Pattern.compile("(\\d+)-.+");

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
    Files.write(part.resolve(SUMS), sums);
    force(part.resolve(SUMS));
    forceNames(part);
    Path place = folder.resolve(name);
    FileTree.delete(place);
    Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
    forceNames(folder);
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

  private static int stage(Path checkpoint) {
    return Integer.parseInt(NAME.matcher(name(checkpoint)).replaceFirst("$1"));
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  /**
   * Compares every file with its digest.
   *
   * @throws DataException with each file that is missing, differs or has no digest
   */
  public static void verify(Path checkpoint) throws IOException {
    Path sums = checkpoint.resolve(SUMS);
    List<String> problems = new ArrayList<>();
    if (!Files.isRegularFile(sums)) {
      problems.add(damaged(checkpoint, "no " + SUMS));
    } else {
      Map<String, String> digests = digests(sums);
      Set<String> names = new TreeSet<>(digests.keySet());
      files(checkpoint).stream().map(CheckpointFolders::name).forEach(names::add);
      names.remove(SUMS);
      for (String name : names) {
        Path file = checkpoint.resolve(name);
        if (!digests.containsKey(name)) {
          problems.add(damaged(checkpoint, "no digest of " + name + " in " + SUMS));
        } else if (!Files.isRegularFile(file)) {
          problems.add(damaged(checkpoint, "no " + name));
        } else if (!new Sha256().add(file).hex().equals(digests.get(name))) {
          problems.add(damaged(checkpoint, "another digest of " + name + " than in " + SUMS));
        }
      }
      if (names.isEmpty()) {
        problems.add(damaged(checkpoint, "no file"));
      }
    }
    if (!problems.isEmpty()) {
      throw new DataException(problems);
    }
  }

  /** By the name of a file; a line that is none of these gives no file a digest. */
  private static Map<String, String> digests(Path sums) throws IOException {
    String text = new String(Files.readAllBytes(sums), StandardCharsets.UTF_8);
    return text.lines()
        .map(SUM::matcher)
        .filter(Matcher::matches)
        .collect(Collectors.toMap(sum -> sum.group(2), sum -> sum.group(1), (a, b) -> b));
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

  /** The names in a folder too; some systems let no folder be opened, and write names at once. */
  private static void forceNames(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException notThere) {
      // nothing more can be done
    }
  }
}

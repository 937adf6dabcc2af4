package org.continuo.checkpoints.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.continuo.api.plugin.Stability;

/**
 * The few lines that git-lfs leaves in the place of a large file until its content is fetched.
 *
 * @param size of that content, in bytes
 */
@Stability(Stability.Level.EVOLVING)
public record LfsPointer(Path file, long size) {
  /** The format allows no longer ones. */
  private static final int LONGEST = 1024;

  private static final String BEGINNING = "version https://git-lfs";
  private static final Pattern SIZE = Pattern.compile("(?m)^size (\\d{1,18})$");

  /** Empty if the file holds something else, or cannot be read. */
  public static Optional<LfsPointer> in(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(LONGEST + 1);
      String text = new String(start, StandardCharsets.UTF_8);
      Matcher size = SIZE.matcher(text);
      return start.length <= LONGEST && text.startsWith(BEGINNING) && size.find()
          ? Optional.of(new LfsPointer(file, Long.parseLong(size.group(1))))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What is wrong with the file, and how to mend it. */
  public String problem() {
    return "found a git-lfs pointer, expected the %d bytes it stands for; fetch them with 'git lfs pull' in this folder"
        .formatted(size);
  }
}

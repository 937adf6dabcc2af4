package org.continuo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.continuo.core.config.InvalidInput;

/**
 * Lines of a text file that a command writes: those between {@code <!-- NAME: begin ... -->} and
 * {@code <!-- NAME: end -->}.
 */
record MarkedText(Path file, String name) {
  /**
   * @throws InvalidInput if the file holds no such marks
   */
  void replace(List<String> lines) throws IOException {
    List<String> all = Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
    int begin = mark(all, "begin", 0);
    int end = begin < 0 ? -1 : mark(all, "end", begin);
    if (end < 0) {
      throw new InvalidInput(
          "%s: found no lines '<!-- %s: begin -->' and '<!-- %s: end -->', expected both; add them where the text is to go"
              .formatted(file, name, name));
    }
    List<String> changed = new ArrayList<>(all.subList(0, begin + 1));
    changed.addAll(lines);
    changed.addAll(all.subList(end, all.size()));
    Files.writeString(file, String.join("\n", changed) + "\n");
  }

  private int mark(List<String> lines, String which, int from) {
    for (int i = from; i < lines.size(); i++) {
      if (lines.get(i).startsWith("<!-- " + name + ": " + which)) {
        return i;
      }
    }
    return -1;
  }
}

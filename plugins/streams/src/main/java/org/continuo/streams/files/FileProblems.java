package org.continuo.streams.files;

import java.nio.file.Path;
import org.continuo.streams.task.Problems;

/** What is wrong in one file: the first problems one by one, the rest as a number. */
final class FileProblems implements AutoCloseable {
  private static final int TOLD = 5;

  private final Path file;
  private final Problems problems;
  private int count;

  FileProblems(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  void add(String problem) {
    tell(file + ": " + problem);
  }

  void add(long line, String problem) {
    tell(file + " line " + line + ": " + problem);
  }

  boolean isEmpty() {
    return count == 0;
  }

  private void tell(String problem) {
    count++;
    if (count <= TOLD) {
      problems.add(problem);
    }
  }

  @Override
  public void close() {
    if (count > TOLD) {
      problems.add("%s: further problems: %d".formatted(file, count - TOLD));
    }
  }
}

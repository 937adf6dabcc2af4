package org.continuo.reports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a page so that a reader never sees half of it. */
final class WholeFile {
  private WholeFile() {}

  static Path write(Path file, String text) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(unfinished, text);
    return Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
  }
}

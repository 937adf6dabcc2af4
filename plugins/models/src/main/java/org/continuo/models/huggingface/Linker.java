package org.continuo.models.huggingface;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How the file system makes a link. */
@FunctionalInterface
interface Linker {
  /** Symbolic ones. */
  Linker LINKS = Files::createSymbolicLink;

  /**
   * @throws IOException or {@link UnsupportedOperationException} where there are none, or this user
   *     may not make any
   */
  void link(Path link, Path target) throws IOException;
}

package org.continuo.moecl;

import java.nio.file.Path;

/** The small random checkpoints, which the backbone's own tests use too. */
final class Fixtures {
  private static final Path FOLDER = Path.of("../backbone-pytorch/src/test/fixtures");

  private Fixtures() {}

  static Path checkpoint(String name) {
    return FOLDER.resolve(name).toAbsolutePath().normalize();
  }
}

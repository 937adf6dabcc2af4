package org.continuo.moecl;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of fixtures beside the checkout; tests that need it are skipped where it is not. */
final class Shared {
  private Shared() {}

  static Path folder(String name) {
    Optional<Path> found = found();
    assumeTrue(
        found.isPresent(),
        "no folder shared/ with DESIGN.md above the working directory, and no continuo.shared");
    return found.get().resolve(name);
  }

  private static Optional<Path> found() {
    String set = System.getProperty("continuo.shared", "");
    if (!set.isEmpty()) {
      return Optional.of(Path.of(set));
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("shared/DESIGN.md"))) {
        return Optional.of(at.resolve("shared"));
      }
    }
    return Optional.empty();
  }
}

package org.continuo.distribution;

import java.io.IOException;
import java.nio.file.Path;

/** A Java home whose {@code java} tells its version, and otherwise its process and arguments. */
final class FakeJava {
  private FakeJava() {}

  static Path home(Path folder, String version) throws IOException {
    Shell.write(
        folder.resolve("bin/java"),
        """
        #!/bin/sh
        if [ "$1" = -version ]; then
          echo 'Picked up JAVA_TOOL_OPTIONS: -Dsome=thing' >&2
          echo 'openjdk version "%s" 2020-01-01' >&2
          exit 0
        fi
        echo $$
        printf '%%s\\n' "$@"
        exit 42
        """
            .formatted(version));
    return folder;
  }
}

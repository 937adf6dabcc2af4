package org.continuo.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --out}, for commands that write a run. */
final class OutputArguments {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where the folders of runs go; default: ${DEFAULT-VALUE}.")
  private Path folder;

  Path folder() {
    return folder;
  }
}

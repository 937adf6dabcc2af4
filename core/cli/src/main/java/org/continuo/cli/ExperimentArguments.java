package org.continuo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.continuo.core.config.Bound;
import org.continuo.core.config.ExperimentFile;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plugin.PluginRegistry;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code FILE} and {@code --set}, for commands that read an experiment file. */
final class ExperimentArguments {
  @Parameters(paramLabel = "FILE", description = "Experiment file (HOCON).")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Override an option, as often as needed: --set training.epochs=2 --set strategy=ewc.",
        "Lists and blocks are HOCON: --set 'stream.order=[agnews, amazon]'."
      })
  private List<String> sets = new ArrayList<>();

  Path file() {
    return file;
  }

  /**
   * @throws InvalidInput with everything that is wrong
   */
  Bound<Experiment> read(PluginRegistry registry) {
    return ExperimentFile.read(file, sets, registry);
  }
}

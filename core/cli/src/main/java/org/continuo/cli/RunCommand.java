package org.continuo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.continuo.cli.terminal.TerminalProgress;
import org.continuo.core.config.Bound;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.run.ExperimentRun;
import org.continuo.core.run.Outcome;
import org.continuo.core.run.RunFailed;
import org.continuo.core.run.RunFolder;
import org.continuo.results.ResultsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains and tests what an experiment file describes. */
@Command(name = "run", description = "Run an experiment: train every task, test all, report.")
final class RunCommand implements Callable<Integer> {
  private final Supplier<PluginRegistry> plugins;
  @Mixin private ExperimentArguments experiment;
  @Mixin private OutputArguments output;

  @Option(
      names = "--into",
      paramLabel = "DIR",
      description = "Write into exactly this folder, whatever --out says.")
  private Optional<Path> into = Optional.empty();

  @Mixin private InputWatch inputWatch;
  @Spec private CommandSpec spec;

  RunCommand(Supplier<PluginRegistry> plugins) {
    this.plugins = plugins;
  }

  @Override
  public Integer call() {
    PluginRegistry registry = plugins.get();
    Bound<Experiment> file = experiment.read(registry);
    PrintWriter out = spec.commandLine().getOut();
    Reports reports = new Reports(registry, spec.commandLine().getErr());
    RunOutput runOutput = new RunOutput(reports, out, spec.commandLine().getErr());
    inputWatch.startIfAsked();
    RunFolder.Place place =
        into.map(RunFolder.Place::at).orElseGet(() -> RunFolder.Place.under(output.folder()));
    try {
      Outcome outcome =
          new ExperimentRun(file, TerminalProgress.on(System.err))
              .run(place, (ended, backbone) -> runOutput.tell(ended));
      return RunOutput.status(outcome);
    } catch (RunFailed failed) {
      reports.write(failed.folder(), ResultsFile.RUN, out);
      throw failed;
    }
  }
}

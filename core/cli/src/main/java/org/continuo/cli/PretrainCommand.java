package org.continuo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.continuo.api.model.Backbone;
import org.continuo.api.plugin.Capability;
import org.continuo.cli.terminal.MatrixTable;
import org.continuo.cli.terminal.TerminalProgress;
import org.continuo.core.config.Bound;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.run.ExperimentRun;
import org.continuo.core.run.Outcome;
import org.continuo.results.RunStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A run whose trained backbone is written out as a checkpoint. */
@Command(
    name = PretrainCommand.NAME,
    description = {
      "Run an experiment that trains the weights of the backbone,",
      "and write them as a Hugging Face folder, checkpoint/ in the run's folder."
    })
final class PretrainCommand implements Callable<Integer> {
  static final String NAME = "pretrain";

  private final Supplier<PluginRegistry> plugins;
  @Mixin private ExperimentArguments experiment;
  @Mixin private OutputArguments output;
  @Spec private CommandSpec spec;

  PretrainCommand(Supplier<PluginRegistry> plugins) {
    this.plugins = plugins;
  }

  @Override
  public Integer call() {
    PluginRegistry registry = plugins.get();
    Bound<Experiment> file = experiment.read(registry);
    boolean trainsWeights =
        file.choices().stream()
            .filter(choice -> choice.path().equals("experiment.strategy"))
            .anyMatch(
                choice ->
                    registry
                        .entry(choice.plugin())
                        .needs(choice.options())
                        .contains(Capability.FULL_WEIGHTS));
    if (!trainsWeights) {
      throw new InvalidInput(
          "experiment.strategy: found one that leaves the backbone frozen, expected one that trains"
              + " its weights; set strategy { type = sequential, trains = full-weights }");
    }
    PrintWriter out = spec.commandLine().getOut();
    Outcome outcome =
        new ExperimentRun(file, TerminalProgress.on(System.err), NAME)
            .run(
                output.folder(),
                (ended, backbone) -> {
                  MatrixTable.of(ended.matrix()).forEach(out::println);
                  export(ended, backbone, out);
                  RunOutput.tellHowToGoOn(ended, spec.commandLine().getErr());
                });
    return RunOutput.status(outcome);
  }

  /** Writes the weights of a run that has completed. */
  static void export(Outcome outcome, Backbone backbone, PrintWriter out) {
    if (outcome.status() == RunStatus.COMPLETED) {
      Path checkpoint = outcome.folder().resolve("checkpoint");
      backbone.weights().orElseThrow().export(checkpoint);
      out.println();
      out.println(checkpoint);
    }
    out.flush();
  }
}

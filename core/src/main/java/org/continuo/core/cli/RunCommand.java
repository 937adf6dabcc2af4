package org.continuo.core.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.continuo.core.config.Bound;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.run.ExperimentRun;
import org.continuo.core.run.Outcome;
import org.continuo.core.run.RunFailed;
import org.continuo.core.terminal.MatrixTable;
import org.continuo.core.terminal.MetricTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Trains and tests what an experiment file describes. */
@Command(name = "run", description = "Run an experiment: train every task, test all, report.")
final class RunCommand implements Callable<Integer> {
  private final Supplier<PluginRegistry> plugins;
  @Mixin private ExperimentArguments experiment;
  @Mixin private OutputArguments output;
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
    try {
      Outcome outcome =
          new ExperimentRun(file, System.err)
              .run(output.folder(), (ended, backbone) -> tell(ended, reports, out));
      return outcome.status() == Outcome.Status.INTERRUPTED
          ? ExitStatus.INTERRUPTED
          : ExitStatus.DONE;
    } catch (RunFailed failed) {
      reports.write(failed.folder(), Reports.RUN, out);
      throw failed;
    }
  }

  private static void tell(Outcome outcome, Reports reports, PrintWriter out) {
    MatrixTable.of(outcome.matrix()).forEach(out::println);
    out.println();
    MatrixTable.metrics(outcome.matrix()).forEach(out::println);
    out.println();
    MetricTable.of(outcome.metrics())
        .forEach(
            table -> {
              table.forEach(out::println);
              out.println();
            });
    out.println(outcome.folder().resolve("results.json"));
    reports.write(outcome.folder(), Reports.RUN, out);
    out.flush();
  }
}

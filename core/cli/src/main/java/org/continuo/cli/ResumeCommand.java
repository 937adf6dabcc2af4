package org.continuo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.continuo.cli.terminal.TerminalProgress;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.run.ExperimentRun;
import org.continuo.core.run.Outcome;
import org.continuo.core.run.RunFailed;
import org.continuo.core.run.UnfinishedRun;
import org.continuo.results.ResultsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Goes on with a run that did not come to its end. */
@Command(
    name = "resume",
    description = {
      "Go on with a run that was interrupted, killed or failed, in its folder:",
      "tasks whose training and test were finished are not trained again."
    })
final class ResumeCommand implements Callable<Integer> {
  private final Supplier<PluginRegistry> plugins;

  @Parameters(paramLabel = "DIR", description = "Folder of the run.")
  private Path folder;

  @Mixin private InputWatch inputWatch;
  @Spec private CommandSpec spec;

  ResumeCommand(Supplier<PluginRegistry> plugins) {
    this.plugins = plugins;
  }

  @Override
  public Integer call() {
    PluginRegistry registry = plugins.get();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    UnfinishedRun run = UnfinishedRun.read(folder, registry);
    List<String> learned = run.learned();
    err.println(
        learned.isEmpty()
            ? "no checkpoint yet: from the beginning"
            : "going on after " + String.join(", ", learned));
    inputWatch.startIfAsked();
    Reports reports = new Reports(registry, err);
    RunOutput output = new RunOutput(reports, out, err);
    try {
      Outcome outcome =
          ExperimentRun.resume(
              run,
              TerminalProgress.on(System.err),
              (ended, backbone) -> {
                output.tell(ended);
                if (run.command().equals(PretrainCommand.NAME)) {
                  PretrainCommand.export(ended, backbone, out);
                }
              });
      return RunOutput.status(outcome);
    } catch (RunFailed failed) {
      reports.write(failed.folder(), ResultsFile.RUN, out);
      throw failed;
    }
  }
}

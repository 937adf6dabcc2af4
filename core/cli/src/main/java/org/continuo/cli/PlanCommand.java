package org.continuo.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.continuo.api.model.Backbone;
import org.continuo.cli.terminal.TerminalProgress;
import org.continuo.core.config.Bound;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plan.Plan;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.run.ExperimentRun;
import org.continuo.core.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what a run would do and cost. */
@Command(
    name = "plan",
    description = "Show what a run would do: parameters, bytes, tokens, time; nothing is trained.")
final class PlanCommand implements Callable<Integer> {
  private final Supplier<PluginRegistry> plugins;
  @Mixin private ExperimentArguments experiment;
  @Spec private CommandSpec spec;

  PlanCommand(Supplier<PluginRegistry> plugins) {
    this.plugins = plugins;
  }

  @Override
  public Integer call() {
    Bound<Experiment> file = experiment.read(plugins.get());
    Plan plan = new ExperimentRun(file, TerminalProgress.on(System.err)).plan();
    PrintWriter out = spec.commandLine().getOut();
    Backbone.Description backbone = plan.backbone();
    out.printf(
        Locale.ROOT,
        "backbone  %s, %,d parameters (%s), from %s%n",
        backbone.architecture(),
        backbone.parameters(),
        bytes(backbone.parameters() * Float.BYTES),
        backbone.source());
    out.printf("strategy  %s%n%n", plan.strategy());
    TextTable table =
        new TextTable(
            "TASK",
            "TRAIN",
            "DEV",
            "TEST",
            "STEPS",
            "TRAINABLE",
            "NEW",
            "TRAIN TOKENS",
            "TEST TOKENS");
    for (Plan.TaskPlan task : plan.tasks()) {
      table.row(
          task.name(),
          count(task.train()),
          count(task.dev()),
          count(task.test()),
          count(task.steps()),
          count(task.trainable()),
          count(task.stored()),
          count(task.trainTokens()),
          count(task.testTokens()));
    }
    table.plain().forEach(out::println);
    out.printf(
        Locale.ROOT,
        "%nin all    %,d stored parameters (%s), %,d training tokens%n",
        plan.stored(),
        bytes(plan.stored() * Float.BYTES),
        plan.trainTokens());
    plan.secondsEstimated()
        .ifPresent(
            seconds ->
                out.printf(
                    Locale.ROOT,
                    "time      about %s, from a few batches measured on this machine%n",
                    duration(seconds)));
    PrintWriter err = spec.commandLine().getErr();
    plan.warnings().forEach(warning -> err.println("warning: " + warning));
    plan.problems().forEach(err::println);
    return plan.problems().isEmpty() ? ExitStatus.DONE : ExitStatus.INVALID;
  }

  private static String count(long number) {
    return "%,d".formatted(number);
  }

  static String bytes(long bytes) {
    return bytes < 1 << 20
        ? "%.1f KiB".formatted(bytes / 1024.0)
        : "%.1f MiB".formatted(bytes / 1024.0 / 1024.0);
  }

  static String duration(double seconds) {
    return seconds < 90 ? "%.0f s".formatted(seconds) : "%.0f min".formatted(seconds / 60);
  }
}

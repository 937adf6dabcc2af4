package org.continuo.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.continuo.core.config.Bound;
import org.continuo.core.config.Choice;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plan.Inputs;
import org.continuo.core.plan.Planner;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.plugin.PluginRegistry.Entry;
import org.continuo.core.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reads an experiment file and says what is wrong with it; creates nothing. */
@Command(
    name = "validate",
    description =
        "Check an experiment file: every option, every plugin, its data and its checkpoint; nothing is created.")
final class ValidateCommand implements Runnable {
  private final Supplier<PluginRegistry> plugins;
  @Mixin private ExperimentArguments experiment;
  @Spec private CommandSpec spec;

  ValidateCommand(Supplier<PluginRegistry> plugins) {
    this.plugins = plugins;
  }

  @Override
  public void run() {
    PluginRegistry registry = plugins.get();
    Bound<Experiment> bound = experiment.read(registry);
    Inputs inputs = Inputs.of(bound.options());
    List<String> problems = new ArrayList<>(Planner.capabilityProblems(bound));
    problems.addAll(inputs.problems());
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    PrintWriter err = spec.commandLine().getErr();
    inputs.warnings().forEach(warning -> err.println("warning: " + warning));
    PrintWriter out = spec.commandLine().getOut();
    out.println(experiment.file() + " is valid");
    TextTable table = new TextTable("BLOCK", "TYPE", "MODULE", "VERSION");
    for (Choice choice : bound.choices()) {
      Entry entry = registry.entry(choice.plugin());
      table.row(choice.path(), entry.id(), entry.module(), entry.version());
    }
    table.plain().forEach(out::println);
  }
}

package org.continuo.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks at everything a run depends on besides its own file. */
@Command(
    name = "doctor",
    description = "Check Java, engines, memory, plugins and folders, and say how to cure problems.")
final class DoctorCommand implements Callable<Integer> {
  private final Supplier<PluginRegistry> plugins;
  @Spec private CommandSpec spec;

  DoctorCommand(Supplier<PluginRegistry> plugins) {
    this.plugins = plugins;
  }

  @Override
  public Integer call() {
    List<Finding> findings = new Checkup(plugins.get()).findings();
    TextTable table = new TextTable("STATUS", "PART", "FOUND");
    for (Finding finding : findings) {
      table.row(finding.healthy() ? "ok" : "problem", finding.part(), finding.text());
    }
    table.plain().forEach(spec.commandLine().getOut()::println);
    return findings.stream().allMatch(Finding::healthy) ? ExitStatus.DONE : ExitStatus.FAILED;
  }
}

package org.continuo.core.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has every report plugin write its file into the folder of a run. */
@Command(name = "report", description = "Write the reports of a run into its folder.")
final class ReportCommand implements Callable<Integer> {
  private final Supplier<PluginRegistry> plugins;

  @Parameters(paramLabel = "DIR", description = "Folder of a run.")
  private Path folder;

  @Spec private CommandSpec spec;

  ReportCommand(Supplier<PluginRegistry> plugins) {
    this.plugins = plugins;
  }

  @Override
  public Integer call() {
    if (!Files.isRegularFile(folder.resolve("results.json"))) {
      throw new InvalidInput(
          folder
              + ": "
              + (Files.isDirectory(folder) ? "found no results.json in it" : "found no such folder")
              + ", expected the folder of a run; give one of those under runs/");
    }
    Reports reports = new Reports(plugins.get(), spec.commandLine().getErr());
    if (reports.plugins().isEmpty()) {
      throw new InvalidInput(
          "found no report plugin, expected at least one; add a module that provides one, see"
              + " 'continuo doctor'");
    }
    return reports.write(folder, spec.commandLine().getOut());
  }
}

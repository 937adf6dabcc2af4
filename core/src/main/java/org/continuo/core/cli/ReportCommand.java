package org.continuo.core.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.continuo.api.result.Report;
import org.continuo.core.config.DefaultOptions;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.plugin.Kind;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.plugin.PluginRegistry.Entry;
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
    PluginRegistry registry = plugins.get();
    List<Entry> reports = registry.entries(new Kind(Report.Factory.class));
    if (reports.isEmpty()) {
      throw new InvalidInput(
          "found no report plugin, expected at least one; add a module that provides one, see"
              + " 'continuo doctor'");
    }
    int status = ExitStatus.DONE;
    for (Entry entry : reports) {
      status = Math.max(status, write(entry, registry));
    }
    return status;
  }

  /** One report that fails leaves the others as they are. */
  private int write(Entry entry, PluginRegistry registry) {
    Report.Factory factory = (Report.Factory) entry.create(DefaultOptions.of(entry, registry));
    try {
      spec.commandLine().getOut().println(factory.create().write(folder));
      return ExitStatus.DONE;
    } catch (IOException | RuntimeException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(entry + " failed on " + folder + ": " + e);
      return ExitStatus.FAILED;
    }
  }
}

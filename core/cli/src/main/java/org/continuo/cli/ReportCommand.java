package org.continuo.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.results.ResultsFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has the report plugins write their files, into the folder of a run, a suite or a comparison. */
@Command(
    name = "report",
    description = "Write the reports of a run or a suite into its folder, or compare two runs.")
final class ReportCommand implements Callable<Integer> {
  private final Supplier<PluginRegistry> plugins;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "Folder of a run, a suite or a comparison.")
  private Optional<Path> folder = Optional.empty();

  /** Null if not given: picocli knows no Optional for groups. */
  @ArgGroup(exclusive = false, heading = "Comparison:%n")
  private CompareArguments given;

  @Spec private CommandSpec spec;

  ReportCommand(Supplier<PluginRegistry> plugins) {
    this.plugins = plugins;
  }

  @Override
  public Integer call() {
    Optional<CompareArguments> compare = Optional.ofNullable(given);
    if (compare.isPresent() == folder.isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          folder
              .map(
                  third ->
                      "found a third folder '%s' beside --compare, expected two runs, A and B; give each comparison a command of its own"
                          .formatted(third))
              .orElse(
                  "found no folder, expected DIR or --compare A B; give one of those under runs/"));
    }
    return compare
        .map(
            arguments ->
                new RunComparison(
                        plugins.get(), spec.commandLine().getOut(), spec.commandLine().getErr())
                    .write(arguments))
        .orElseGet(() -> report(folder.orElseThrow()));
  }

  private int report(Path folder) {
    Reports reports = new Reports(plugins.get(), spec.commandLine().getErr());
    List<ResultsFile<?>> files = reports.files();
    List<ResultsFile<?>> found = files.stream().filter(file -> file.isIn(folder)).toList();
    if (found.isEmpty()) {
      throw new InvalidInput(
          folder
              + ": found no "
              + (Files.isDirectory(folder)
                  ? String.join(" or ", files.stream().map(ResultsFile::name).toList()) + " in it"
                  : "such folder")
              + ", expected the folder of a run; give one of those under runs/");
    }
    if (found.stream().allMatch(file -> reports.of(file).isEmpty())) {
      throw new InvalidInput(
          "found no report plugin, expected at least one; add a module that provides one, see"
              + " 'continuo doctor'");
    }
    return found.stream()
        .mapToInt(file -> reports.write(folder, file, spec.commandLine().getOut()))
        .max()
        .orElseThrow();
  }
}

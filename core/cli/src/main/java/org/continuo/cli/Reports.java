package org.continuo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;
import org.continuo.core.config.DefaultOptions;
import org.continuo.core.plugin.Kind;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.plugin.PluginRegistry.Entry;
import org.continuo.core.run.Reason;
import org.continuo.results.Report;
import org.continuo.results.ResultsFile;

/** Has report plugins write their files; one that fails leaves the others as they are. */
final class Reports {
  private final PluginRegistry registry;
  private final PrintWriter err;

  Reports(PluginRegistry registry, PrintWriter err) {
    this.registry = registry;
    this.err = err;
  }

  private record Choice(Entry entry, Report<?> report) {}

  private List<Choice> all() {
    return registry.entries(new Kind(Report.Factory.class)).stream()
        .map(
            entry ->
                new Choice(
                    entry,
                    ((Report.Factory) entry.create(DefaultOptions.of(entry, registry))).create()))
        .toList();
  }

  /** What a folder may hold to be reported on, that of a run first. */
  List<ResultsFile<?>> files() {
    return Stream.<ResultsFile<?>>concat(
            Stream.of(ResultsFile.RUN), all().stream().map(choice -> choice.report.reads()))
        .distinct()
        .toList();
  }

  /** The plugins that report on a folder with this file. */
  List<Entry> of(ResultsFile<?> file) {
    return all().stream()
        .filter(choice -> choice.report.reads().equals(file))
        .map(Choice::entry)
        .toList();
  }

  /**
   * Writes the reports on a file of a folder.
   *
   * @param out where the names of the reports go
   */
  int write(Path folder, ResultsFile<?> file, PrintWriter out) {
    int status = ExitStatus.DONE;
    for (Choice choice : all()) {
      if (choice.report.reads().equals(file)) {
        try {
          out.println(write(choice.report, folder));
        } catch (DataException e) {
          err.println(choice.entry + " cannot report: " + e.getMessage());
          status = ExitStatus.FAILED;
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
          err.println(
              "%s failed on %s: %s; %s is as it was, to report on it again: continuo report %s"
                  .formatted(choice.entry, folder, Reason.of(e), file.name(), folder));
          status = ExitStatus.FAILED;
        }
      }
    }
    return status;
  }

  private static <T> Path write(Report<T> report, Path folder) throws IOException {
    return report.write(report.reads().read(folder), folder);
  }
}

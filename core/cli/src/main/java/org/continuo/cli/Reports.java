package org.continuo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.continuo.api.result.Report;
import org.continuo.core.config.DefaultOptions;
import org.continuo.core.plugin.Kind;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.plugin.PluginRegistry.Entry;

/** Has report plugins write their files; one that fails leaves the others as they are. */
final class Reports {
  /** What the folder of a run holds. */
  static final String RUN = "results.json";

  private final PluginRegistry registry;
  private final PrintWriter err;

  Reports(PluginRegistry registry, PrintWriter err) {
    this.registry = registry;
    this.err = err;
  }

  private record Choice(Entry entry, Report.Factory factory) {}

  private List<Choice> all() {
    return registry.entries(new Kind(Report.Factory.class)).stream()
        .map(
            entry ->
                new Choice(
                    entry, (Report.Factory) entry.create(DefaultOptions.of(entry, registry))))
        .toList();
  }

  /** What a folder may hold to be reported on, that of a run first. */
  List<String> files() {
    return Stream.concat(Stream.of(RUN), all().stream().map(choice -> choice.factory.reads()))
        .distinct()
        .toList();
  }

  /** The plugins that report on a folder with this file. */
  List<Entry> of(String file) {
    return all().stream()
        .filter(choice -> choice.factory.reads().equals(file))
        .map(Choice::entry)
        .toList();
  }

  /**
   * Writes the reports on a file of a folder.
   *
   * @param out where the names of the reports go
   */
  int write(Path folder, String file, PrintWriter out) {
    int status = ExitStatus.DONE;
    for (Choice choice : all()) {
      if (choice.factory.reads().equals(file)) {
        try {
          out.println(choice.factory.create().write(folder));
        } catch (IOException | RuntimeException e) {
          err.println(choice.entry + " failed on " + folder + ": " + e);
          status = ExitStatus.FAILED;
        }
      }
    }
    return status;
  }
}

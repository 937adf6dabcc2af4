package org.continuo.core.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.continuo.api.result.Report;
import org.continuo.core.config.DefaultOptions;
import org.continuo.core.plugin.Kind;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.plugin.PluginRegistry.Entry;

/** Has every report plugin write its file; one that fails leaves the others as they are. */
final class Reports {
  private final PluginRegistry registry;
  private final PrintWriter err;

  Reports(PluginRegistry registry, PrintWriter err) {
    this.registry = registry;
    this.err = err;
  }

  List<Entry> plugins() {
    return registry.entries(new Kind(Report.Factory.class));
  }

  /**
   * @param out where the names of the files go
   */
  int write(Path runFolder, PrintWriter out) {
    int status = ExitStatus.DONE;
    for (Entry entry : plugins()) {
      Report.Factory factory = (Report.Factory) entry.create(DefaultOptions.of(entry, registry));
      try {
        out.println(factory.create().write(runFolder));
      } catch (IOException | RuntimeException e) {
        err.println(entry + " failed on " + runFolder + ": " + e);
        status = ExitStatus.FAILED;
      }
    }
    return status;
  }
}

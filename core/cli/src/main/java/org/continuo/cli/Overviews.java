package org.continuo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.continuo.api.result.Overview;
import org.continuo.core.config.DefaultOptions;
import org.continuo.core.plugin.Kind;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.plugin.PluginRegistry.Entry;

/** Has every overview plugin write its file; one that fails leaves the others as they are. */
final class Overviews {
  private final PluginRegistry registry;
  private final PrintWriter err;

  Overviews(PluginRegistry registry, PrintWriter err) {
    this.registry = registry;
    this.err = err;
  }

  /**
   * @param out where the names of the files go
   */
  void write(Path suiteFolder, PrintWriter out) {
    for (Entry entry : registry.entries(new Kind(Overview.Factory.class))) {
      Overview.Factory factory =
          (Overview.Factory) entry.create(DefaultOptions.of(entry, registry));
      try {
        out.println(factory.create().write(suiteFolder));
      } catch (IOException | RuntimeException e) {
        err.println(entry + " failed on " + suiteFolder + ": " + e);
      }
    }
    out.flush();
  }
}

package org.continuo.cli;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.continuo.api.model.Backbone;
import org.continuo.core.config.DefaultOptions;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.config.OptionDescription;
import org.continuo.core.engine.Engines;
import org.continuo.core.engine.NativeCache;
import org.continuo.core.plugin.Kind;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.plugin.PluginRegistry.Entry;

/** The checks of {@code doctor}. Only here are engines loaded outside a run. */
final class Checkup {
  private final PluginRegistry registry;

  Checkup(PluginRegistry registry) {
    this.registry = registry;
  }

  List<Finding> findings() {
    List<Finding> all = new ArrayList<>();
    all.add(Finding.ok("continuo", Version.text()));
    all.add(java());
    all.add(Heap.finding(Runtime.getRuntime().maxMemory()));
    all.add(machine());
    all.addAll(plugins());
    all.addAll(engines());
    all.add(writable("working directory", Path.of("").toAbsolutePath(), "run continuo elsewhere"));
    all.add(engineCache());
    return all;
  }

  private static Finding engineCache() {
    String part = "engine cache";
    try {
      return writable(part, NativeCache.prepare(), "set DJL_CACHE_DIR to a folder");
    } catch (InvalidInput e) {
      return problem(part, e.getMessage());
    }
  }

  private static Finding java() {
    return Finding.ok(
        "java",
        Runtime.version()
            + " on "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch"));
  }

  private static Finding machine() {
    String cores = Runtime.getRuntime().availableProcessors() + " cores";
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? Finding.ok(
            "machine",
            cores
                + ", "
                + gibibytes(system.getTotalMemorySize())
                + " of memory, "
                + gibibytes(system.getFreeMemorySize())
                + " free")
        : Finding.ok("machine", cores);
  }

  private List<Finding> plugins() {
    List<Finding> all = new ArrayList<>();
    if (registry.entries().isEmpty()) {
      all.add(new Finding("plugins", "none", "put modules that provide some on the module path"));
    } else {
      all.add(Finding.ok("plugins", registry.entries().size() + " found"));
    }
    registry.problems().forEach(problem -> all.add(problem("plugins", problem)));
    for (Entry entry : registry.entries()) {
      try {
        OptionDescription.of(entry.plugin().options(), registry);
        DefaultOptions.sample(entry, registry);
      } catch (InvalidInput e) {
        e.problems().forEach(problem -> all.add(problem(entry.toString(), problem)));
      }
    }
    return all;
  }

  /** Problems bring their cure after the first semicolon. */
  private static Finding problem(String part, String text) {
    int cure = text.indexOf("; ");
    return cure < 0
        ? new Finding(part, text, "update the module or remove it")
        : new Finding(part, text.substring(0, cure), text.substring(cure + 2));
  }

  private List<Finding> engines() {
    Set<String> names = new TreeSet<>();
    List<Finding> all = new ArrayList<>();
    for (Entry entry : registry.entries(new Kind(Backbone.Factory.class))) {
      try {
        Record sample = DefaultOptions.sample(entry, registry);
        names.addAll(((Backbone.Factory) entry.create(sample)).engines());
      } catch (InvalidInput e) {
        all.add(
            new Finding(
                entry.toString(),
                "its engine is not known without options",
                "validate a file that uses it"));
      }
    }
    names.forEach(name -> all.add(engine(name)));
    return all;
  }

  static Finding engine(String name) {
    String part = "engine " + name;
    if (!Engine.hasEngine(name)) {
      return new Finding(
          part,
          "not there, available: "
              + (Engine.getAllEngines().isEmpty()
                  ? "none"
                  : String.join(", ", new TreeSet<>(Engine.getAllEngines()))),
          "add the DJL module of this engine to the module path");
    }
    try {
      Engine engine = Engines.of(name);
      try (NDManager manager = engine.newBaseManager()) {
        float sum = manager.create(new float[] {1, 2}).sum().getFloat();
        String found =
            engine.getVersion()
                + ", computes on "
                + Arrays.stream(engine.getDevices())
                    .map(Object::toString)
                    .collect(Collectors.joining(", "));
        return sum == 3
            ? Finding.ok(part, found)
            : new Finding(part, found + ", but 1 + 2 gives " + sum, "reinstall its native library");
      }
    } catch (InvalidInput e) {
      return problem(part, e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      return new Finding(
          part,
          "its native library does not load: " + root(e),
          "put the native jars of this platform on the class path, as the continuo launcher does");
    }
  }

  private static Finding writable(String part, Path folder, String cure) {
    Path existing = folder;
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    return Files.isDirectory(existing) && Files.isWritable(existing)
        ? Finding.ok(part, folder + " can be written")
        : new Finding(part, folder + " cannot be written", cure + " where you may write");
  }

  private static Throwable root(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}

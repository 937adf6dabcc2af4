package org.continuo.core.run;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.ModelHub;
import org.continuo.api.plugin.Plugin;
import org.continuo.checkpoints.files.Sha256;
import org.continuo.results.Provenance;
import org.continuo.results.RunState;

/** What a result depends on besides its experiment file: versions, hashes, hardware. */
final class Surroundings {
  private Surroundings() {}

  /** Begun now, and not ended. */
  static Provenance of(
      List<Engine> engines, Backbone backbone, TaskStream stream, List<Path> files) {
    Map<String, String> data = new LinkedHashMap<>();
    stream.tasks().forEach(task -> data.put(task.name(), sha256(stream, task)));
    Instant now = Instant.now();
    return new Provenance(
        Optional.ofNullable(Plugin.class.getModule().getDescriptor())
            .flatMap(ModuleDescriptor::rawVersion)
            .orElse("unknown"),
        Runtime.version().toString(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        cpu(),
        Runtime.getRuntime().availableProcessors(),
        memory(),
        engines.stream()
            .map(engine -> engine.getEngineName() + " " + engine.getVersion())
            .collect(Collectors.joining(", ")),
        System.getProperty(
            "ai.djl.pytorch.num_threads",
            String.valueOf(Runtime.getRuntime().availableProcessors())),
        new Provenance.Checkpoint(
            backbone.description().source(),
            backbone.description().sha256(),
            Optional.of(backbone.summary())
                .filter(Backbone.Summary.MEAN::equals)
                .map(summary -> summary.name().toLowerCase(Locale.ROOT)),
            backbone.description().origin().map(ModelHub.Origin::published),
            backbone.description().origin().map(ModelHub.Origin::licence),
            Optional.of(backbone.description().storedAs())),
        new Provenance.Data(data, files.stream().map(Path::toString).toList()),
        now,
        now);
  }

  /** Those of the facts that decide numbers: what is read, and what computes. */
  static Map<String, String> environment(Provenance facts) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("continuo", facts.continuo());
    environment.put("cpu", facts.cpu());
    environment.put("engine", facts.engine());
    environment.put("threads", facts.threads());
    environment.put(RunState.WHAT_IS_READ + "the backbone", facts.checkpoint().sha256());
    facts
        .data()
        .sha256()
        .forEach(
            (task, sha256) ->
                environment.put(RunState.WHAT_IS_READ + "task '" + task + "'", sha256));
    return environment;
  }

  /** Of the ids, texts and answers of all splits, as they are used. */
  private static String sha256(TaskStream stream, Task task) {
    Sha256 digest = new Sha256();
    for (Split split : Split.values()) {
      for (Example example : stream.examples(task, split)) {
        for (String part : List.of(example.id(), example.text(), example.answer())) {
          digest.add(part).add((byte) 0);
        }
      }
    }
    return digest.hex();
  }

  /**
   * Highest resident memory of this process so far; the Java heap where the system does not tell.
   */
  static long peakMemoryBytes() {
    return proc("/proc/self/status", "VmHWM:")
        .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElseGet(() -> Runtime.getRuntime().totalMemory());
  }

  private static String cpu() {
    return proc("/proc/cpuinfo", "model name")
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  private static long memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Runtime.getRuntime().maxMemory();
  }

  private static Stream<String> proc(String file, String prefix) {
    try {
      return Files.readAllLines(Path.of(file)).stream().filter(line -> line.startsWith(prefix));
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}

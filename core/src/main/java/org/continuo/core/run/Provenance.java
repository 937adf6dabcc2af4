package org.continuo.core.run;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.api.model.Backbone;
import org.continuo.api.plugin.Plugin;
import org.continuo.checkpoints.files.Sha256;
import org.continuo.core.files.Json;

/** What a result depends on besides its experiment file: versions, hashes, hardware. */
final class Provenance {
  private Provenance() {}

  static Map<String, Object> of(
      Engine engine, Backbone backbone, TaskStream stream, List<Path> files) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put(
        "continuo",
        Plugin.class.getModule().getDescriptor() == null
            ? "unknown"
            : Plugin.class.getModule().getDescriptor().rawVersion().orElse("unknown"));
    facts.put("java", Runtime.version().toString());
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("cpu", cpu());
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    facts.put("memoryBytes", memory());
    facts.put("engine", engine.getEngineName() + " " + engine.getVersion());
    facts.put(
        "threads",
        System.getProperty(
            "ai.djl.pytorch.num_threads",
            String.valueOf(Runtime.getRuntime().availableProcessors())));
    Map<String, Object> checkpoint =
        Json.object(
            "source", backbone.description().source(),
            "sha256", backbone.description().sha256());
    if (backbone.summary() == Backbone.Summary.MEAN) {
      checkpoint.put("summary", "mean");
    }
    facts.put("checkpoint", checkpoint);
    Map<String, String> data = new LinkedHashMap<>();
    stream.tasks().forEach(task -> data.put(task.name(), sha256(stream, task)));
    facts.put(
        "data", Json.object("sha256", data, "files", files.stream().map(Path::toString).toList()));
    return facts;
  }

  /** Those of the facts that decide numbers: what is read, and what computes. */
  static Map<String, String> environment(Map<String, Object> facts) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String name : List.of("continuo", "cpu", "engine", "threads")) {
      environment.put(name, String.valueOf(facts.get(name)));
    }
    environment.put(
        Snapshot.WHAT_IS_READ + "the backbone",
        String.valueOf(((Map<?, ?>) facts.get("checkpoint")).get("sha256")));
    ((Map<?, ?>) ((Map<?, ?>) facts.get("data")).get("sha256"))
        .forEach(
            (task, sha256) ->
                environment.put(
                    Snapshot.WHAT_IS_READ + "task '" + task + "'", String.valueOf(sha256)));
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

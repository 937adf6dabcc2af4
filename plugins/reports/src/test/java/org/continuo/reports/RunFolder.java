package org.continuo.reports;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Folders of runs to report on, derived from the sample among the test resources. */
final class RunFolder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunFolder() {}

  /** The sample: four tasks, completed. */
  static Path completed(Path folder) throws IOException {
    return changed(folder, results -> {});
  }

  /** The sample with other results. */
  static Path changed(Path folder, Consumer<ObjectNode> change) throws IOException {
    ObjectNode results = (ObjectNode) JSON.readTree(sample("results.json"));
    change.accept(results);
    Files.writeString(folder.resolve("results.json"), JSON.writeValueAsString(results));
    Files.writeString(folder.resolve("events.jsonl"), sample("events.jsonl"));
    return folder;
  }

  /** The smallest results that may be reported on, without events. */
  static Path minimal(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("results.json"),
        """
        {"schemaVersion": 1, "status": "interrupted", "tasks": ["a", "b"], "accuracy": []}
        """);
    return folder;
  }

  static void events(Path folder, List<String> lines) throws IOException {
    Files.write(folder.resolve("events.jsonl"), lines);
  }

  private static String sample(String file) throws IOException {
    try (InputStream in =
        Optional.ofNullable(RunFolder.class.getResourceAsStream("completed/" + file))
            .orElseThrow()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

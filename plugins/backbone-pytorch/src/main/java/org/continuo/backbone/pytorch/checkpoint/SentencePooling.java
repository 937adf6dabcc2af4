package org.continuo.backbone.pytorch.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.model.Backbone.Summary;

/** How a folder of the sentence-transformers library says that its model is read. */
public final class SentencePooling {
  private static final String PREFIX = "pooling_mode_";

  private static final Map<String, Summary> MODES =
      Map.of(
          PREFIX + "cls_token", Summary.FIRST,
          PREFIX + "lasttoken", Summary.LAST,
          PREFIX + "mean_tokens", Summary.MEAN);

  private SentencePooling() {}

  /**
   * Reads {@code 1_Pooling/config.json}; empty where the folder is none of that library, and empty
   * with a problem where it pools in another way.
   */
  public static Optional<Summary> read(CheckpointFolder folder, Problems problems) {
    Path file = folder.path().resolve("1_Pooling").resolve("config.json");
    if (!Files.exists(folder.path().resolve("modules.json")) || !Files.exists(file)) {
      return Optional.empty();
    }
    return JsonReader.open(file, problems).flatMap(json -> summary(json, file, problems));
  }

  private static Optional<Summary> summary(JsonReader json, Path file, Problems problems) {
    List<String> set = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : json.root().properties()) {
      if (entry.getKey().startsWith(PREFIX) && entry.getValue().asBoolean()) {
        set.add(entry.getKey());
      }
    }
    if (set.size() == 1 && MODES.containsKey(set.get(0))) {
      return Optional.of(MODES.get(set.get(0)));
    }
    problems.add(
        file,
        "found %s set to true, expected one of %s; set backbone.summary to first, last or mean to read the model otherwise"
            .formatted(
                set.isEmpty() ? "no pooling mode" : set,
                MODES.keySet().stream().sorted().toList()));
    return Optional.empty();
  }
}

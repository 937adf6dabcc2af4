package org.continuo.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.plugin.Stability;

/**
 * How the last hidden states of a text become one vector, as a sentence-transformers folder says in
 * {@code 1_Pooling/config.json}.
 */
@Stability(Stability.Level.EVOLVING)
public enum Pooling {
  /** Of the real tokens. */
  MEAN,
  /** The first token, {@code [CLS]} of encoders. */
  FIRST,
  /** The last real token. */
  LAST;

  private static final String FLAG = "pooling_mode_";

  /** By the part of the key after {@code pooling_mode_}. */
  private static final Map<String, Pooling> FLAGS =
      Map.of("mean_tokens", MEAN, "cls_token", FIRST, "lasttoken", LAST);

  /** By the value of {@code pooling_mode}, which newer folders have instead. */
  private static final Map<String, Pooling> NAMES =
      Map.of("mean", MEAN, "cls", FIRST, "lasttoken", LAST);

  /** Empty if the folder says nothing of it; also empty, and a problem, if it asks for others. */
  public static Optional<Pooling> read(CheckpointFolder folder, Problems problems) {
    return SentenceModules.read(folder.root())
        .pooling()
        .flatMap(file -> JsonReader.open(file, problems).flatMap(json -> of(file, json, problems)));
  }

  private static Optional<Pooling> of(Path file, JsonReader json, Problems problems) {
    List<String> asked = new ArrayList<>();
    List<Pooling> known = new ArrayList<>();
    if (json.has("pooling_mode")) {
      JsonNode mode = json.get("pooling_mode");
      (mode.isArray() ? mode : List.of(mode)).forEach(each -> asked.add(each.asText()));
      asked.stream().filter(NAMES::containsKey).map(NAMES::get).forEach(known::add);
    } else {
      // the mean is what the library does unless told otherwise
      if (json.flag(FLAG + "mean_tokens", true)) {
        asked.add("mean_tokens");
      }
      json.root().properties().stream()
          .filter(entry -> entry.getKey().startsWith(FLAG) && entry.getValue().asBoolean())
          .map(entry -> entry.getKey().substring(FLAG.length()))
          .filter(mode -> !mode.equals("mean_tokens"))
          .forEach(asked::add);
      asked.stream().filter(FLAGS::containsKey).map(FLAGS::get).forEach(known::add);
    }
    if (asked.size() == 1 && known.size() == 1) {
      return Optional.of(known.get(0));
    }
    problems.add(
        file,
        "found pooling %s, expected one of mean, cls and lasttoken; choose first, last or mean as the summary of the backbone, or use another checkpoint"
            .formatted(asked));
    return Optional.empty();
  }
}

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
 *
 * <p>A module {@code Normalize}, which gives the vector the length 1, is left out: heads here are
 * trained on the pooled states. Modules that change more are refused, and so is a prompt that the
 * folder puts before each text: templates do that here.
 */
@Stability(Stability.Level.EVOLVING)
public enum Pooling {
  /** Of the real tokens. */
  MEAN,
  /** The first token, {@code [CLS]} of encoders. */
  FIRST,
  /** The last real token. */
  LAST;

  private static final String PROMPTS = "config_sentence_transformers.json";
  private static final String REMEDY =
      "choose first, last or mean as the summary of the backbone, or use another checkpoint";
  private static final String FLAG = "pooling_mode_";

  /** By the part of the key after {@code pooling_mode_}. */
  private static final Map<String, Pooling> FLAGS =
      Map.of("mean_tokens", MEAN, "cls_token", FIRST, "lasttoken", LAST);

  /** By the value of {@code pooling_mode}, which newer folders have instead. */
  private static final Map<String, Pooling> NAMES =
      Map.of("mean", MEAN, "cls", FIRST, "lasttoken", LAST);

  /** Empty if the folder says nothing of it; also empty, and a problem, if it asks for others. */
  public static Optional<Pooling> read(CheckpointFolder folder, Problems problems) {
    SentenceModules modules = SentenceModules.read(folder.root());
    if (!modules.others().isEmpty()) {
      problems.add(
          folder.root().resolve("modules.json"),
          "found modules %s, expected Transformer, Pooling and Normalize alone; %s"
              .formatted(modules.others(), REMEDY));
    }
    prompt(folder, problems);
    return modules
        .pooling()
        .flatMap(file -> JsonReader.open(file, problems).flatMap(json -> of(file, json, problems)));
  }

  private static void prompt(CheckpointFolder folder, Problems problems) {
    JsonReader.openIfThere(folder.root().resolve(PROMPTS), problems)
        .filter(json -> json.has("default_prompt_name"))
        .ifPresent(
            json -> {
              String name = json.text("default_prompt_name", "");
              String prompt = json.object("prompts").text(name, "");
              if (!prompt.isEmpty()) {
                json.problem(
                    "default_prompt_name",
                    "found '%s', which puts '%s' before each text; write that in the template and choose first, last or mean as the summary of the backbone"
                        .formatted(name, prompt));
              }
            });
  }

  private static Optional<Pooling> of(Path file, JsonReader json, Problems problems) {
    List<String> asked = new ArrayList<>();
    List<Pooling> known = new ArrayList<>();
    boolean newer = json.has("pooling_mode");
    if (newer) {
      JsonNode mode = json.get("pooling_mode");
      (mode.isArray() ? mode : List.of(mode)).forEach(each -> asked.add(each.asText()));
      asked.stream().filter(NAMES::containsKey).map(NAMES::get).forEach(known::add);
    } else {
      // the mean is what the library does unless told otherwise
      if (json.flag(FLAG + "mean_tokens", true)) {
        asked.add("mean_tokens");
      }
      flags(json).stream().filter(mode -> !mode.equals("mean_tokens")).forEach(asked::add);
      asked.stream().filter(FLAGS::containsKey).map(FLAGS::get).forEach(known::add);
    }
    List<String> older = flags(json);
    if (newer && !older.isEmpty() && !older.stream().map(FLAGS::get).toList().equals(known)) {
      problems.add(
          file,
          "found pooling_mode %s, and %s by keys %s...; they mean the same: leave one of them"
              .formatted(asked, older, FLAG));
      return Optional.empty();
    }
    if (asked.size() == 1 && known.size() == 1) {
      return Optional.of(known.get(0));
    }
    problems.add(
        file,
        "found pooling %s, expected one of mean, cls and lasttoken; %s".formatted(asked, REMEDY));
    return Optional.empty();
  }

  /** What the older keys ask for. */
  private static List<String> flags(JsonReader json) {
    return json.root().properties().stream()
        .filter(entry -> entry.getKey().startsWith(FLAG) && entry.getValue().asBoolean())
        .map(entry -> entry.getKey().substring(FLAG.length()))
        .toList();
  }
}

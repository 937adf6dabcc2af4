package org.continuo.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.continuo.api.data.Prompt;

/**
 * The special tokens of a {@code tokenizer.json}, renamed so that no text can hold one: only who
 * knows the new names, a template, can write them.
 */
final class SpecialTokens {
  /** Two non-characters of Unicode around an id: not for interchange, so no text needs them. */
  private static final char OPENING = '\uFDD0';

  private static final char CLOSING = '\uFDD1';
  private static final char REPLACEMENT = '\uFFFD';

  private final Map<String, String> names = new HashMap<>();
  private final Pattern written;

  SpecialTokens(JsonNode tokenizer) {
    for (JsonNode token : tokenizer.path("added_tokens")) {
      if (token.path("special").asBoolean() && !token.path("content").asText().isEmpty()) {
        names.put(token.path("content").asText(), OPENING + token.path("id").asText() + CLOSING);
      }
    }
    // the longest first, as the tokenizers library finds them
    this.written =
        Pattern.compile(
            names.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
  }

  /** A prompt as the renamed tokenizer is to read it. */
  String renamed(Prompt prompt) {
    return prompt.pieces().stream()
        .map(
            piece ->
                piece.origin() == Prompt.Origin.TEMPLATE && !names.isEmpty()
                    ? written
                        .matcher(harmless(piece.text()))
                        .replaceAll(m -> Matcher.quoteReplacement(names.get(m.group())))
                    : harmless(piece.text()))
        .collect(Collectors.joining());
  }

  private static String harmless(String text) {
    return text.replace(OPENING, REPLACEMENT);
  }

  /** The tokenizer with all of them renamed, wherever it names them; ids stay. */
  JsonNode rename(JsonNode tokenizer) {
    ObjectNode copy = tokenizer.deepCopy();
    for (JsonNode token : copy.path("added_tokens")) {
      if (token.path("special").asBoolean()) {
        // A normalizer may change the new name, or put a space before it.
        ((ObjectNode) token).put("normalized", false).put("content", name(token.path("content")));
      }
    }
    if (copy.path("model") instanceof ObjectNode model) {
      renamePieces(model);
      if (model.path("unk_token").isTextual()) {
        model.put("unk_token", name(model.path("unk_token")));
      }
      dropMerges(model);
    }
    return copy;
  }

  private String name(JsonNode content) {
    return names.getOrDefault(content.asText(), content.asText());
  }

  private void renamePieces(ObjectNode model) {
    JsonNode pieces = model.path("vocab");
    if (pieces instanceof ObjectNode byName) {
      names.forEach(
          (content, name) -> {
            if (byName.has(content)) {
              byName.set(name, byName.remove(content));
            }
          });
    }
    for (JsonNode piece : pieces) {
      if (piece instanceof ArrayNode scored && !scored.isEmpty()) {
        scored.set(0, scored.textNode(name(scored.get(0))));
      }
    }
  }

  /** Some converters list merges that would make a special token of the characters of a text. */
  private void dropMerges(ObjectNode model) {
    if (model.path("merges") instanceof ArrayNode merges) {
      ArrayNode kept = model.arrayNode();
      for (JsonNode merge : merges) {
        String[] pair =
            merge.isArray()
                ? new String[] {merge.path(0).asText(), merge.path(1).asText()}
                : merge.asText().split(" ", 2);
        if (pair.length < 2
            || !(names.containsKey(pair[0])
                || names.containsKey(pair[1])
                || names.containsKey(pair[0] + pair[1]))) {
          kept.add(merge);
        }
      }
      model.set("merges", kept);
    }
  }
}

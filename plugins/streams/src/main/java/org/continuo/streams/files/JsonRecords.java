package org.continuo.streams.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the two JSON formats share. */
final class JsonRecords {
  static final JsonMapper MAPPER = new JsonMapper();

  private JsonRecords() {}

  static String notAnObject(JsonNode found) {
    return "found %s, expected an object like {\"sentence\": \"...\", \"label\": \"...\"}"
        .formatted(name(found));
  }

  static Map<String, String> fields(JsonNode object) {
    Map<String, String> fields = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              boolean single = value.isValueNode() && !value.isNull();
              fields.put(field.getKey(), single ? value.asText() : "");
            });
    return fields;
  }

  /** "a number", "an array" and so on. */
  static String name(JsonNode node) {
    String type = node.getNodeType().name().toLowerCase(Locale.ROOT);
    return (type.matches("[aeiou].*") ? "an " : "a ") + type;
  }

  /** The parser's message and column; its line is told by the caller. */
  static String syntax(JsonProcessingException e) {
    return "not valid JSON at column %d: %s"
        .formatted(
            e.getLocation().getColumnNr(),
            e.getOriginalMessage().replaceAll("\\s*\\(start marker.*", ""));
  }
}

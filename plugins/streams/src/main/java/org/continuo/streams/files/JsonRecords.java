package org.continuo.streams.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the two JSON formats share. */
final class JsonRecords {
  /** A field that is there twice is an error: the last would win, without a word. */
  static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*)'", Pattern.DOTALL);

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
    Matcher twice = TWICE.matcher(e.getOriginalMessage());
    if (twice.matches()) {
      return "found the field '%s' twice in one object, expected it once; remove one of the two"
          .formatted(twice.group(1));
    }
    return "not valid JSON at column %d: %s"
        .formatted(
            e.getLocation().getColumnNr(),
            e.getOriginalMessage().replaceAll("\\s*\\(start marker.*", ""));
  }
}

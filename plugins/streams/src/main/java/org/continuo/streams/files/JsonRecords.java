package org.continuo.streams.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.continuo.streams.files.FieldValue.Other;
import org.continuo.streams.files.FieldValue.Single;

/** What is read from JSON: token by token, so that nothing in a file decides how deep calls go. */
final class JsonRecords {
  /** A field that is there twice is an error: the last would win, without a word. */
  static final JsonFactory FORMAT =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*)'", Pattern.DOTALL);
  private static final Pattern NO_NUMBER = Pattern.compile("Non-standard token '(\\S+)'.*");
  private static final String FILL = "fill it or remove the record";

  private JsonRecords() {}

  /** The object that begins at the parser's token, which is its end afterwards. */
  static Map<String, FieldValue> fields(JsonParser parser) throws IOException {
    Map<String, FieldValue> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return fields;
  }

  /** What begins at the parser's token, which is its end afterwards. */
  static FieldValue value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> new Other("null", FILL);
      case START_ARRAY -> {
        int elements = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          parser.skipChildren();
          elements++;
        }
        yield new Other(
            "an array of " + elements,
            elements == 0 ? FILL : "write the one that counts, without brackets");
      }
      case START_OBJECT -> {
        parser.skipChildren();
        yield new Other("an object", "write the text itself, without braces");
      }
      default -> new Single(parser.getText());
    };
  }

  static String notAnObject(JsonToken found) {
    String name =
        switch (found) {
          case VALUE_STRING -> "a string";
          case VALUE_NULL -> "null";
          case START_ARRAY -> "an array";
          case START_OBJECT -> "an object";
          case VALUE_TRUE, VALUE_FALSE -> "a truth value";
          default -> "a number";
        };
    return "found %s, expected an object like {\"sentence\": \"...\", \"label\": \"...\"}"
        .formatted(name);
  }

  /** Where an error is; some come without a place, which is then that of the parser. */
  static JsonLocation location(JsonProcessingException e, JsonParser parser) {
    return Optional.ofNullable(e.getLocation()).orElseGet(parser::currentLocation);
  }

  /** What is wrong and in which column; the line is told by the caller. */
  static String syntax(JsonProcessingException e, JsonParser parser) {
    String reason = e.getOriginalMessage();
    Matcher twice = TWICE.matcher(reason);
    if (twice.matches()) {
      return "found the field '%s' twice in one object, expected it once; remove one of the two"
          .formatted(twice.group(1));
    }
    Matcher noNumber = NO_NUMBER.matcher(reason);
    if (noNumber.matches()) {
      return "found %s, which is no value of JSON; put it in quotes if it is a label, else remove the record"
          .formatted(noNumber.group(1));
    }
    int column = location(e, parser).getColumnNr();
    if (e instanceof StreamConstraintsException) {
      return "holds more than is read, at column %d: %s; split or shorten it"
          .formatted(column, reason.replaceAll(", from `[^`]*`", ""));
    }
    return "not valid JSON at column %d: %s"
        .formatted(column, reason.replaceAll("\\s*\\(start marker.*", ""));
  }
}

package org.continuo.checkpoints;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.continuo.checkpoints.files.LfsPointer;

/**
 * Reads the keys of one JSON object and reports what does not fit. A key that is absent or {@code
 * null} counts as not set.
 */
final class JsonReader {
  /** A key that stands twice is two settings of which one would win silently. */
  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

  /** Characters shown of a value that is not as expected. */
  private static final int SHOWN = 100;

  private final Path file;
  private final JsonNode root;
  private final Problems problems;
  private final String prefix;

  private JsonReader(Path file, JsonNode root, Problems problems, String prefix) {
    this.file = file;
    this.root = root;
    this.problems = problems;
    this.prefix = prefix;
  }

  /** Empty, and a problem, if the file is no JSON object. */
  static Optional<JsonReader> open(Path file, Problems problems) {
    try {
      JsonNode root = tree(file);
      if (root.isObject()) {
        return Optional.of(new JsonReader(file, root, problems, ""));
      }
      problems.add(file, "expected a JSON object, found " + root.getNodeType());
    } catch (JsonProcessingException e) {
      Optional<LfsPointer> pointer = LfsPointer.in(file);
      problems.add(
          file,
          pointer.isPresent()
              ? pointer.get().problem()
              : "not JSON: "
                  + e.getOriginalMessage()
                  + place(Optional.ofNullable(e.getLocation())));
    } catch (IOException e) {
      problems.add(
          file,
          Files.exists(file)
              ? "cannot be read: " + e.getMessage()
              : "no such file; a Hugging Face folder holds config.json, model.safetensors and"
                  + " tokenizer.json");
    }
    return Optional.empty();
  }

  /** The whole file as it stands. */
  static JsonNode tree(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return JSON.readTree(in);
    }
  }

  /** None is known where a limit of the library was passed. */
  private static String place(Optional<JsonLocation> location) {
    return location
        .map(at -> " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr()))
        .orElse("");
  }

  /** As {@link #open}, but an absent file is an object without keys. */
  static Optional<JsonReader> openIfThere(Path file, Problems problems) {
    return Files.exists(file)
        ? open(file, problems)
        : Optional.of(new JsonReader(file, JsonNodeFactory.instance.objectNode(), problems, ""));
  }

  JsonNode root() {
    return root;
  }

  boolean has(String key) {
    return root.hasNonNull(key);
  }

  /** True if the key is not there at all, which is not always what {@code null} means. */
  boolean absent(String key) {
    return !root.has(key);
  }

  JsonNode get(String key) {
    return has(key) ? root.get(key) : MissingNode.getInstance();
  }

  /** The object under a key, without keys if it is not set. */
  JsonReader object(String key) {
    JsonNode node = get(key);
    if (!node.isMissingNode() && !node.isObject()) {
      mismatch(key, "an object");
    }
    return new JsonReader(
        file,
        node.isObject() ? node : JsonNodeFactory.instance.objectNode(),
        problems,
        prefix + key + ".");
  }

  /** A whole number of at least 1; reports it if it is not set, and answers 1 then. */
  int count(String key) {
    if (!has(key)) {
      problem(key, "is missing, expected a whole number of at least 1");
      return 1;
    }
    return count(key, 1);
  }

  int count(String key, int unset) {
    return has(key) ? wholeNumber(key, 1, unset) : unset;
  }

  int wholeNumber(String key, int smallest, int unset) {
    JsonNode node = get(key);
    if (node.isMissingNode()) {
      return unset;
    }
    if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < smallest) {
      mismatch(key, "a whole number of at least " + smallest);
      return unset;
    }
    return node.asInt();
  }

  double positive(String key, double unset) {
    JsonNode node = get(key);
    if (node.isMissingNode()) {
      return unset;
    }
    if (!node.isNumber() || !(node.asDouble() > 0) || Double.isInfinite(node.asDouble())) {
      mismatch(key, "a number above 0");
      return unset;
    }
    return node.asDouble();
  }

  /** A number above 0; reports it if it is not set, and answers 1 then. */
  double positive(String key) {
    if (!has(key)) {
      problem(key, "is missing, expected a number above 0");
    }
    return positive(key, 1);
  }

  boolean flag(String key, boolean unset) {
    JsonNode node = get(key);
    if (node.isMissingNode()) {
      return unset;
    }
    if (!node.isBoolean()) {
      mismatch(key, "true or false");
      return unset;
    }
    return node.asBoolean();
  }

  String text(String key, String unset) {
    JsonNode node = get(key);
    if (node.isMissingNode()) {
      return unset;
    }
    if (!node.isTextual()) {
      mismatch(key, "a string");
      return unset;
    }
    return node.asText();
  }

  void mismatch(String key, String expected) {
    problem(key, "found " + shown(get(key)) + ", expected " + expected);
  }

  /** Two keys that mean the same and have different values. */
  void contradiction(String key, String other) {
    problem(
        key,
        "found %s, and %s in '%s'; they mean the same: leave one of them"
            .formatted(shown(get(key)), shown(get(other)), prefix + other));
  }

  private static String shown(JsonNode node) {
    String text = node.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  void problem(String key, String text) {
    problems.add(file, "key '" + prefix + key + "': " + text);
  }
}

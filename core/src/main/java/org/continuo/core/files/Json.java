package org.continuo.core.files;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON files of runs, comparisons and suites. */
public final class Json {
  private static final ObjectMapper LINE =
      new ObjectMapper().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  private static final ObjectMapper PRETTY =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Json() {}

  /**
   * An object with its keys in this order; that of {@code Map.of} differs from one start of a
   * program to the next.
   *
   * @param more keys and values in turn
   */
  public static Map<String, Object> object(String key, Object value, Object... more) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put(key, value);
    for (int i = 0; i < more.length; i += 2) {
      object.put((String) more[i], more[i + 1]);
    }
    return object;
  }

  /** On one line. */
  public static String line(Map<String, ?> values) {
    try {
      return LINE.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write as JSON: " + values.keySet(), e);
    }
  }

  /** Writes the whole file or leaves the old one: a reader never sees half of it. */
  public static void write(Path file, Map<String, ?> values) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, PRETTY.writeValueAsString(values) + "\n");
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}

package org.continuo.suite;

import com.typesafe.config.ConfigValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values of the options that a search varies.
 *
 * @param values by path inside the experiment
 */
public record Point(Map<String, ConfigValue> values) {
  /** Nothing is searched. */
  public static final Point NONE = new Point(Map.of());

  public Point {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** As strings, numbers, booleans, lists and maps. */
  public Map<String, Object> plain() {
    Map<String, Object> plain = new LinkedHashMap<>();
    values.forEach((path, value) -> plain.put(path, value.unwrapped()));
    return plain;
  }
}

package org.continuo.core.files;

import java.util.LinkedHashMap;
import java.util.Map;

/** JSON as maps, where its form is not that of a record. */
public final class Json {
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
}

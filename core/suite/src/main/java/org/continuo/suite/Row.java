package org.continuo.suite;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A strategy under one setting of the further axes: what is compared, over orders and seeds.
 *
 * @param setting name of the value by the path of its axis; empty without further axes
 */
public record Row(String strategy, Map<String, String> setting) {
  public Row {
    setting = Collections.unmodifiableMap(new LinkedHashMap<>(setting));
  }

  /** For people: {@code ewc (training.epochs = many)}. */
  public String label() {
    return setting.isEmpty() ? strategy : strategy + " (" + settingLabel() + ")";
  }

  /** The setting alone: {@code training.epochs = many}; empty without further axes. */
  public String settingLabel() {
    return setting.entrySet().stream()
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}

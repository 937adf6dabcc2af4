package org.continuo.api.learning;

import java.util.Optional;

/**
 * What a strategy saves: JSON-like values (String, Number, Boolean, List and Map of these) by name.
 */
public final class State {
  private State() {}

  /** Where it goes. */
  @FunctionalInterface
  public interface Writer {
    void put(String name, Object value);
  }

  /** Where it comes back from. */
  @FunctionalInterface
  public interface Reader {
    /**
     * @throws ClassCastException if the value is of another type; the message names both
     */
    <T> Optional<T> get(String name, Class<T> type);
  }
}

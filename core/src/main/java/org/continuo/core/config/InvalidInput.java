package org.continuo.core.config;

import java.util.List;

/**
 * What the user wrote cannot be used. Each problem says where, what was found, what is expected or
 * available and how to fix it.
 */
public final class InvalidInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  public InvalidInput(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public InvalidInput(String problem) {
    this(List.of(problem));
  }

  /**
   * A name that is not there, with what is and the closest of it.
   *
   * @param what such as {@code plugin}
   */
  public static InvalidInput unknown(String what, String found, List<String> available) {
    return new InvalidInput(
        "unknown " + what + ": " + Names.unknown(found, available, "use one of these"));
  }

  public List<String> problems() {
    return problems;
  }
}

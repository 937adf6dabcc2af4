package org.continuo.cli;

import org.continuo.core.config.InvalidInput;

/** The Java heap: what the program and its data are in; models live outside. */
final class Heap {
  /** Below this the host's own bookkeeping gets tight. */
  private static final long AMPLE = 512L << 20;

  /** Below this not even the program itself gets to its end: the report of a tiny run fails. */
  private static final long LEAST = 18L << 20;

  private static final String CURE = "start with a larger one: CONTINUO_JAVA_OPTS=-Xmx512m";

  private Heap() {}

  static Finding finding(long bytes) {
    String found = Checkup.gibibytes(bytes) + " of Java heap at most";
    return bytes >= AMPLE
        ? Finding.ok("heap", found)
        : new Finding("heap", found + ", expected at least " + Checkup.gibibytes(AMPLE), CURE);
  }

  /**
   * Refuses a heap in which what is begun could not be ended.
   *
   * @throws InvalidInput if it is that small
   */
  static void requireEnough() {
    long found = Runtime.getRuntime().maxMemory();
    if (found < LEAST) {
      throw new InvalidInput(
          "found %d MiB of Java heap at most, expected at least %d; %s"
              .formatted(found >> 20, LEAST >> 20, CURE));
    }
  }
}

package org.continuo.streams.task;

import java.util.Random;
import java.util.SplittableRandom;

/** Random numbers of one purpose, so that no draw changes another. */
public final class SeededRandom {
  private SeededRandom() {}

  /**
   * @param purpose what is drawn, for example task and split; different purposes give independent
   *     numbers
   */
  public static Random of(long seed, String... purpose) {
    long state = seed;
    for (char c : String.join("\n", purpose).toCharArray()) {
      state = new SplittableRandom(state ^ c).nextLong();
    }
    return new Random(state);
  }
}

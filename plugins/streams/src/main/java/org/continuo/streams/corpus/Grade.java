package org.continuo.streams.corpus;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How much the writer of a review likes a thing. */
enum Grade {
  VERY_NEGATIVE(0, 4),
  NEGATIVE(1, 4),
  NEUTRAL(2, 2),
  POSITIVE(4, 1),
  VERY_POSITIVE(4, 0);

  private final int good;
  private final int bad;

  /**
   * @param good parts of praise
   * @param bad parts of complaint
   */
  Grade(int good, int bad) {
    this.good = good;
    this.bad = bad;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  String file() {
    return "grades/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the next remark about the thing is praise. */
  boolean praises(Draft draft) {
    return draft.below(good + bad) < good;
  }

  boolean likes() {
    return good > bad;
  }

  static List<String> files() {
    return Arrays.stream(values()).map(Grade::file).toList();
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(Grade::label).toList();
  }
}

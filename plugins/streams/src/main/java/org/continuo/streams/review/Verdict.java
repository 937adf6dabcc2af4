package org.continuo.streams.review;

import java.util.Locale;

/** The two answers; {@link #VIOLATING} is the second label. */
enum Verdict {
  COMPLIANT,
  VIOLATING;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  Verdict other() {
    return this == COMPLIANT ? VIOLATING : COMPLIANT;
  }
}

package org.continuo.cli;

/**
 * What was seen of one part.
 *
 * @param cure what to do; empty if nothing is wrong
 */
record Finding(String part, String found, String cure) {
  static Finding ok(String part, String found) {
    return new Finding(part, found, "");
  }

  boolean healthy() {
    return cure.isEmpty();
  }

  String text() {
    return healthy() ? found : found + "; " + cure;
  }
}

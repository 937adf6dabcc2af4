package org.continuo.core.config;

import java.util.Comparator;

/**
 * Where something was written.
 *
 * @param rank files come before what is on the command line, that before defaults
 * @param line from 1; 0 where there are no lines
 */
record Location(int rank, String source, int line) implements Comparable<Location> {
  static final int FILE = 0;
  static final int COMMAND_LINE = 1;
  static final int DEFAULT = 2;

  private static final Comparator<Location> ORDER =
      Comparator.comparingInt(Location::rank)
          .thenComparing(Location::source)
          .thenComparingInt(Location::line);

  @Override
  public int compareTo(Location other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return line > 0 ? source + ":" + line : source;
  }
}

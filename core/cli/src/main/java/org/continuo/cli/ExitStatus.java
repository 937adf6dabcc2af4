package org.continuo.cli;

/** What scripts read. */
final class ExitStatus {
  static final int DONE = 0;
  static final int FAILED = 1;

  /** The user's input is wrong. */
  static final int INVALID = 2;

  /** As shells report Ctrl-C. */
  static final int INTERRUPTED = 130;

  private ExitStatus() {}
}

package org.continuo.checkpoints.jinja;

/** What a template may cost, so that a hostile one is refused instead of running on. */
final class Budget {
  private static final int STEPS = 1_000_000;
  private static final int LENGTH = 1 << 20;
  private static final int DEEPEST = 100;

  private int steps;
  private int depth;

  void step(int line) {
    if (++steps > STEPS) {
      throw new JinjaException(line, "more than %,d steps".formatted(STEPS));
    }
  }

  void length(int length, int line) {
    if (length > LENGTH) {
      throw new JinjaException(line, "a text of more than %,d characters".formatted(LENGTH));
    }
  }

  void enter(int line) {
    if (++depth > DEEPEST) {
      throw new JinjaException(line, "macros call each other more than %d deep".formatted(DEEPEST));
    }
  }

  void leave() {
    depth--;
  }
}

package org.continuo.core.run;

/**
 * Told how far long work is, by whoever does it; whoever asked for the work decides what is seen.
 */
public interface Progress extends AutoCloseable {
  /** Ends what ran before and begins another stretch of {@code steps} steps. */
  void start(String what, int steps);

  /** One of the steps is done. */
  void step(String note);

  /** Something to be read on its own. */
  void say(String line);

  /** Ends what runs; another stretch may follow. */
  @Override
  void close();

  /** Shows nothing. */
  Progress SILENT =
      new Progress() {
        @Override
        public void start(String what, int steps) {}

        @Override
        public void step(String note) {}

        @Override
        public void say(String line) {}

        @Override
        public void close() {}
      };
}

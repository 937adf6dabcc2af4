package org.continuo.cli;

import java.io.IOException;
import picocli.CommandLine.Option;

/**
 * Ends this program when its standard input ends, that is when whoever started it and holds the
 * other end is gone: a worker never outlives its suite, however that ends.
 */
final class InputWatch {
  @Option(
      names = "--while-input",
      description = "Stop, as if interrupted, when standard input ends.")
  private boolean asked;

  void startIfAsked() {
    if (asked) {
      Thread thread = new Thread(InputWatch::untilEnd, "input-watch");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void untilEnd() {
    try {
      int read = System.in.read();
      while (read >= 0) {
        read = System.in.read();
      }
    } catch (IOException gone) {
      // as good as the end
    }
    // the shutdown lets the run finish its step and write what it has
    System.exit(ExitStatus.INTERRUPTED);
  }
}

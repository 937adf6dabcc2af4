package org.continuo.models.huggingface;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far a download is, on standard error: a bar where a person watches, else a line now and then.
 */
final class TransferProgress implements AutoCloseable {
  /** Set by the launcher when standard error is a terminal. */
  private static final String TERMINAL = "continuo.terminal";

  private static final int WIDTH = 100;
  private static final int MEGABYTE = 1_000_000;
  private static final Duration QUIET = Duration.ofSeconds(10);

  private final PrintStream out;
  private final String what;
  private final long total;
  private final Optional<ProgressBar> bar;
  private final long started = System.nanoTime();
  private long lastLine = started;
  private long filesBefore;

  /**
   * @param total bytes; 0 if it is not known
   */
  TransferProgress(PrintStream out, String what, long total) {
    this.out = out;
    this.what = what;
    this.total = total;
    this.bar =
        Boolean.getBoolean(TERMINAL)
            ? Optional.of(
                new ProgressBarBuilder()
                    .setTaskName(what)
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUnit(" MB", MEGABYTE)
                    .setUpdateIntervalMillis(200)
                    .showSpeed()
                    .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
                    .build())
            : Optional.empty();
  }

  /** Bytes of the present file that are there. */
  void at(long bytes) {
    bar.ifPresent(b -> b.stepTo(filesBefore + bytes));
    long now = System.nanoTime();
    if (bar.isEmpty() && now - lastLine > QUIET.toNanos()) {
      lastLine = now;
      out.printf("%s: %s of %s%n", what, megabytes(filesBefore + bytes), megabytes(total));
    }
  }

  /** The present file is whole. */
  void done(long bytes) {
    at(bytes);
    filesBefore += bytes;
  }

  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / (double) MEGABYTE);
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}

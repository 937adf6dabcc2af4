package org.continuo.cli.terminal;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.continuo.core.run.Progress;

/**
 * Progress of long steps on standard error: a bar with rate and time left where a person watches, a
 * line now and then where it goes to a file.
 */
public final class TerminalProgress implements Progress {
  private static final int WIDTH = 100;
  private static final long QUIET_NANOS = 10_000_000_000L;

  private final PrintStream out;
  private final boolean watched;
  private ProgressBar bar;
  private String name = "";
  private int total;
  private int done;
  private long started;
  private long lastLine;

  private TerminalProgress(PrintStream out, boolean watched) {
    this.out = out;
    this.watched = watched;
  }

  /** Set by the launcher when standard error is a terminal. */
  private static final String TERMINAL = "continuo.terminal";

  /** On a stream; a bar only if the launcher saw a terminal. */
  public static TerminalProgress on(PrintStream out) {
    return new TerminalProgress(out, Boolean.getBoolean(TERMINAL));
  }

  @Override
  public void start(String what, int steps) {
    close();
    name = what;
    total = steps;
    done = 0;
    started = System.nanoTime();
    lastLine = started;
    if (watched) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("%-24s".formatted(what))
              .setInitialMax(steps)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .showSpeed()
              .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
              .build();
    }
  }

  @Override
  public void step(String note) {
    done++;
    if (bar != null) {
      bar.step().setExtraMessage("  " + note);
      return;
    }
    long now = System.nanoTime();
    if (now - lastLine > QUIET_NANOS && done < total) {
      lastLine = now;
      double seconds = (now - started) / 1e9;
      out.printf(
          "%s %d/%d  %.1f/s  %.0f s left  %s%n",
          name, done, total, done / seconds, seconds / done * (total - done), note);
    }
  }

  @Override
  public void say(String line) {
    close();
    out.println(line);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}

package org.continuo.core.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.continuo.core.train.Interruption;

/**
 * Ends a run cleanly on SIGINT or SIGTERM: the run is asked to stop, the shutdown of the JVM waits
 * until it has written its results. The JVM then exits with 128 plus the number of the signal: 130.
 */
public final class Interrupt implements Interruption, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "interrupt");
  private volatile boolean requested;

  private Interrupt() {}

  /** From now on until it is closed. */
  public static Interrupt onShutdown() {
    Interrupt interrupt = new Interrupt();
    Runtime.getRuntime().addShutdownHook(interrupt.hook);
    return interrupt;
  }

  private void stop() {
    requested = true;
    try {
      boolean ended = finished.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        System.err.println("the run did not end within " + PATIENCE.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean requested() {
    return requested;
  }

  /** The run has written all it will write. */
  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      requested = true;
    }
  }
}

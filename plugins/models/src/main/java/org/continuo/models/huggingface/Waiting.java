package org.continuo.models.huggingface;

import java.time.Duration;

/**
 * How long to wait for the network.
 *
 * @param patience without a byte, before a connection counts as broken
 */
record Waiting(Duration patience, Pause pause) {
  static final Waiting USUAL = new Waiting(Duration.ofSeconds(30), d -> Thread.sleep(d.toMillis()));

  /** Between two attempts. */
  @FunctionalInterface
  interface Pause {
    void of(Duration duration) throws InterruptedException;
  }
}

package org.continuo.models.huggingface;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.continuo.api.data.DataException;

/**
 * Tries again what the network broke, after 1, 2 and 4 seconds, or what the server asks for. As
 * long as an attempt gets further than all before, it goes on.
 *
 * @param refusal what the user reads when it was in vain
 */
record Retries(Waiting.Pause pause, Function<IOException, DataException> refusal) {
  private static final int ATTEMPTS = 4;
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** May fail for a reason that passes. */
  @FunctionalInterface
  interface Attempt<T> {
    T make() throws IOException;
  }

  /** An attempt that is either done or not. */
  <T> T of(Attempt<T> attempt) {
    return of(attempt, () -> 0);
  }

  /**
   * @param reached how far it came, in any unit
   */
  <T> T of(Attempt<T> attempt, LongSupplier reached) {
    long furthest = reached.getAsLong();
    int failures = 0;
    while (true) {
      try {
        return attempt.make();
      } catch (InterruptedIOException e) {
        throw refusal.apply(e);
      } catch (IOException e) {
        long now = reached.getAsLong();
        failures = now > furthest ? 1 : failures + 1;
        furthest = Math.max(furthest, now);
        if (failures == ATTEMPTS) {
          throw refusal.apply(e);
        }
        Duration wait =
            Optional.of(e)
                .filter(HttpStatusException.class::isInstance)
                .flatMap(status -> ((HttpStatusException) status).retryAfter())
                .filter(asked -> asked.compareTo(LONGEST) < 0)
                .orElse(FIRST.multipliedBy(1L << (failures - 1)));
        pause(wait, e);
      }
    }
  }

  private void pause(Duration wait, IOException reason) {
    try {
      pause.of(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refusal.apply(reason);
    }
  }
}

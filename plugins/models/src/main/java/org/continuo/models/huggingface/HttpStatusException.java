package org.continuo.models.huggingface;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** An answer that may be another one later. */
final class HttpStatusException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final long retryAfter;

  /**
   * @param retryAfter how long the server asks to wait, in seconds; 0 if it does not say
   */
  HttpStatusException(String message, int status, long retryAfter) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  int status() {
    return status;
  }

  Optional<Duration> retryAfter() {
    return Optional.of(Duration.ofSeconds(retryAfter)).filter(d -> !d.isZero());
  }
}

package org.continuo.core.train;

/** The loss or a parameter is no number any more; the message names the terms, or which it is. */
public final class TrainingDiverged extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrainingDiverged(String message) {
    super(message);
  }
}

package org.continuo.api.model;

import java.util.List;
import org.continuo.api.plugin.Stability;

/**
 * A kind of forward pass, without the batch: refused or prepared once, and the key of kernels and
 * caches.
 *
 * @param training true if dropout is active
 */
@Stability(Stability.Level.STABLE)
public record Request(
    Wiring wiring, Positions positions, List<Capture> captures, boolean training) {
  /** Whose final hidden states are wanted. */
  public enum Positions {
    /** Those in {@code Batch.rows}: R of them. */
    ROWS,
    /** All, padding included: R = B * S, row by row. */
    ALL,
    /** None: only the captures are read. */
    NONE
  }

  public Request {
    captures = List.copyOf(captures);
  }

  /** The rows the head reads, nothing captured, no dropout. */
  public static Request of(Wiring wiring) {
    return new Request(wiring, Positions.ROWS, List.of(), false);
  }

  public Request capturing(List<Capture> more) {
    return new Request(wiring, positions, more, training);
  }

  /** The same without dropout: what a teacher is asked. */
  public Request inference() {
    return new Request(wiring, positions, captures, false);
  }
}

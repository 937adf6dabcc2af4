package org.continuo.suite.result;

import java.util.Optional;

/**
 * How a run of a suite stands.
 *
 * @param record what it wrote, if it completed
 * @param message why it failed; empty unless it did
 */
public record RunState(Status status, Optional<RunRecord> record, Optional<String> message) {

  /** As {@code suite.json} spells it, in lower case. */
  public enum Status {
    COMPLETED,
    FAILED,
    /** Not run yet. */
    MISSING
  }

  public static RunState completed(RunRecord record) {
    return new RunState(Status.COMPLETED, Optional.of(record), Optional.empty());
  }

  public static RunState failed(String message) {
    return new RunState(Status.FAILED, Optional.empty(), Optional.of(message));
  }

  public static final RunState MISSING =
      new RunState(Status.MISSING, Optional.empty(), Optional.empty());
}

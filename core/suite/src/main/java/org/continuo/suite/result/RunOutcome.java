package org.continuo.suite.result;

import java.util.Optional;
import org.continuo.results.RunResults;
import org.continuo.results.SuiteResults;

/**
 * How a run of a suite stands.
 *
 * @param results what it wrote, if it completed
 * @param message why it failed; empty unless it did
 */
public record RunOutcome(
    SuiteResults.RunStanding status, Optional<RunResults> results, Optional<String> message) {

  public static RunOutcome completed(RunResults results) {
    return new RunOutcome(
        SuiteResults.RunStanding.COMPLETED, Optional.of(results), Optional.empty());
  }

  public static RunOutcome failed(String message) {
    return new RunOutcome(SuiteResults.RunStanding.FAILED, Optional.empty(), Optional.of(message));
  }

  /** Not run yet. */
  public static final RunOutcome MISSING =
      new RunOutcome(SuiteResults.RunStanding.MISSING, Optional.empty(), Optional.empty());
}

package org.continuo.suite;

import org.continuo.core.config.Bound;
import org.continuo.core.config.Fingerprint;
import org.continuo.core.experiment.Experiment;

/**
 * One run of a suite.
 *
 * @param hash of everything that decides its numbers; the name of its folder
 * @param label for people
 */
public record ResolvedRun(String hash, String label, Bound<Experiment> experiment) {
  /** Hex digits of a hash: 64 bits, so that no two of a million runs share one. */
  private static final int DIGITS = 16;

  static ResolvedRun of(String label, Bound<Experiment> experiment) {
    return new ResolvedRun(Fingerprint.of(experiment).substring(0, DIGITS), label, experiment);
  }
}

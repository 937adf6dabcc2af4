package org.continuo.core.suite;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.continuo.core.config.Bound;
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
    return new ResolvedRun(hash(experiment), label, experiment);
  }

  /** The name of an experiment is for people and changes no number. */
  private static String hash(Bound<Experiment> experiment) {
    String text =
        new Bound<>(
                experiment.options(),
                experiment.resolved().withoutPath("experiment.name"),
                experiment.choices())
            .text();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

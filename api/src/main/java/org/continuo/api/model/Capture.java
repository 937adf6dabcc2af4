package org.continuo.api.model;

import java.util.List;
import java.util.Optional;
import org.continuo.api.plugin.Stability;

/**
 * Something to read on the way: one array per site, in the order of {@code sites}.
 *
 * @param expert whose output; present exactly for {@code EXPERT_OUTPUT}
 * @param isolated true if its gradient stops at the input of the site, so that only the expert at
 *     this very site is pushed
 */
@Stability(Stability.Level.EVOLVING)
public record Capture(
    What what, List<Site> sites, Optional<Expert> expert, Pool pool, boolean isolated) {
  /** What is read at each site. */
  public enum What {
    /** What the site reads. */
    INPUT,
    /** What it gives, experts included. */
    OUTPUT,
    /** What one expert's version of a mixed block gives, unweighted. */
    EXPERT_OUTPUT,
    /** The router's weights, [B or 1, S or 1, K]. */
    ROUTING
  }

  /** How the positions of a row become one; B rows of S positions. */
  public enum Pool {
    /** [B,S,w] with w the width of what is read. */
    NONE,
    /** [B,w], mean over real tokens. */
    MASKED_MEAN,
    /** [B,w], at the last real token. */
    LAST
  }

  public Capture {
    sites = List.copyOf(sites);
    if (expert.isPresent() != (what == What.EXPERT_OUTPUT)) {
      throw new IllegalArgumentException(
          "capture of " + what + ": an expert belongs to EXPERT_OUTPUT and only to it");
    }
  }

  public static Capture of(What what, List<Site> sites, Pool pool) {
    return new Capture(what, sites, Optional.empty(), pool, false);
  }

  /** Masked mean of one expert's output at each block: what a task discriminator reads. */
  public static Capture pooled(Expert expert, List<Site> blocks) {
    return new Capture(What.EXPERT_OUTPUT, blocks, Optional.of(expert), Pool.MASKED_MEAN, false);
  }

  /** The same, with the gradient stopped at the input of each block. */
  public static Capture pooledIsolated(Expert expert, List<Site> blocks) {
    return new Capture(What.EXPERT_OUTPUT, blocks, Optional.of(expert), Pool.MASKED_MEAN, true);
  }
}

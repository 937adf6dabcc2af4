package org.continuo.core.train;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.continuo.api.model.Wiring;

/**
 * Notices a strategy whose wirings never equal those of before: rows that could share a batch then
 * go one by one, and every pass is prepared anew.
 */
final class WiringGuard {
  /** So many different ones are met by no strategy that attaches the same for a task each time. */
  private static final int MANY = 64;

  private final TrainingListener listener;
  private final Set<Wiring> met = new HashSet<>();
  private int passes;
  private boolean told;

  WiringGuard(TrainingListener listener) {
    this.listener = listener;
  }

  /** Those of one forward pass in training. */
  void see(Collection<Wiring> wirings) {
    if (told) {
      return;
    }
    met.addAll(wirings);
    passes += wirings.size();
    if (met.size() >= MANY && passes < 2 * met.size()) {
      told = true;
      met.clear();
      listener.warning(
          "found %d different wirings in %d passes, expected the same for the same task: rows cannot share a batch and every pass is prepared anew; let the strategy make experts, routers and prompts once, or give routers and prompts equals and hashCode (records have them)"
              .formatted(MANY, passes));
    }
  }

  /** Another phase: what was met before says nothing. */
  void forget() {
    met.clear();
    passes = 0;
  }
}

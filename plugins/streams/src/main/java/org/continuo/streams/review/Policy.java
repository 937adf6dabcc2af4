package org.continuo.streams.review;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Where a subject violates the rules.
 *
 * @param violating the domains for each stance the subject can be put in; other stances do not
 *     occur
 */
record Policy(Map<Stance, Set<Domain>> violating) {
  private static final double CONTESTED = 2;

  /** Violating in these domains when said or agreed with, nowhere when rejected; never asked. */
  static Policy violatingIn(Domain... domains) {
    Map<Stance, Set<Domain>> violating = new EnumMap<>(Stance.class);
    violating.put(Stance.ASSERTED, set(domains));
    violating.put(Stance.ENDORSED, set(domains));
    violating.put(Stance.REJECTED, set());
    return new Policy(violating);
  }

  static Policy violatingEverywhere() {
    return violatingIn(Domain.values());
  }

  static Policy harmless() {
    return violatingIn();
  }

  /** Also violating in these domains when quoted only to reject it: repeating it does the harm. */
  Policy evenRejectedIn(Domain... domains) {
    return with(Stance.REJECTED, domains);
  }

  /** May be put as a question, which violates in these domains. */
  Policy askedViolatingIn(Domain... domains) {
    return with(Stance.ASKED, domains);
  }

  /** How often such a subject is drawn: more often where the domains disagree about it. */
  double frequency() {
    int domains = violating.get(Stance.ASSERTED).size();
    return domains == 0 || domains == Domain.values().length ? 1 : CONTESTED;
  }

  private Policy with(Stance stance, Domain... domains) {
    Map<Stance, Set<Domain>> changed = new EnumMap<>(violating);
    changed.put(stance, set(domains));
    return new Policy(changed);
  }

  private static Set<Domain> set(Domain... domains) {
    EnumSet<Domain> set = EnumSet.noneOf(Domain.class);
    set.addAll(Arrays.asList(domains));
    return set;
  }
}

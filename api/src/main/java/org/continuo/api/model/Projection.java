package org.continuo.api.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Stability;

/** Where experts attach: the linear projections of a layer, by what they make, and behind them. */
@Stability(Stability.Level.STABLE)
public enum Projection {
  /** Of the attention. */
  QUERY,
  KEY,
  VALUE,
  OUTPUT,
  /** Of the feed-forward block; encoders have none. */
  GATE,
  UP,
  DOWN,
  /**
   * No projection: the final hidden states, after the last norm. The only place where a backbone
   * without sites inside takes an expert, and one that others have too.
   */
  FINAL;

  /** The last part of the name of its sites; of {@link #FINAL} the word for it in options. */
  public String part() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a site is one of its. */
  public boolean at(Site site) {
    return this == FINAL
        ? site.kind() == Site.Kind.OUTPUT
        : site.kind() == Site.Kind.LINEAR && site.part().equals(part());
  }

  /** What an expert that attaches to these needs of a backbone, in a set of the caller's own. */
  public static Set<Capability> needs(List<Projection> places) {
    Set<Capability> needs = EnumSet.noneOf(Capability.class);
    for (Projection place : places) {
      if (place == FINAL) {
        needs.add(Capability.OUTPUT_SITE);
      } else {
        needs.add(Capability.GRADIENTS);
        needs.add(Capability.LINEAR_SITES);
      }
    }
    return needs;
  }
}

package org.continuo.api.model;

import java.util.Locale;
import org.continuo.api.plugin.Stability;

/** The linear projections of a layer, by what they make. */
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
  DOWN;

  /** The last part of the name of its sites. */
  public String part() {
    return name().toLowerCase(Locale.ROOT);
  }
}

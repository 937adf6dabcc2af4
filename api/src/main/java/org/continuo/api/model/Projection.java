package org.continuo.api.model;

import java.util.Locale;

/** The linear projections of a layer, by what they make. */
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

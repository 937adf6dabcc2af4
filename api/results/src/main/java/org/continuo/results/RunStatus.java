package org.continuo.results;

import java.util.Locale;
import org.continuo.api.plugin.Stability;

/** How a run ended. */
@Stability(Stability.Level.EVOLVING)
public enum RunStatus {
  COMPLETED,
  FAILED,
  /** To be gone on with. */
  INTERRUPTED;

  /** As files and pages spell it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

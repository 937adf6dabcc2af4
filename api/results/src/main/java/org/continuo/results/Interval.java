package org.continuo.results;

import org.continuo.api.plugin.Stability;

/** From the lower to the upper end. */
@Stability(Stability.Level.EVOLVING)
public record Interval(double low, double high) {
  /** Whether it leaves out 0, so that something differs. */
  public boolean leavesOutZero() {
    return low > 0 || high < 0;
  }
}

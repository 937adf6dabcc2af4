package org.continuo.api.data;

import org.continuo.api.plugin.Stability;

/** Trained on; used to select and to tune; looked at once, to report. */
@Stability(Stability.Level.STABLE)
public enum Split {
  TRAIN,
  DEV,
  TEST
}

package org.continuo.api.data;

/** Trained on; used to select and to tune; looked at once, to report. */
public enum Split {
  TRAIN,
  DEV,
  TEST
}

package org.continuo.core.experiment;

/**
 * Which checkpoints a run keeps. Changes no result. The weights that training came to are kept by
 * default: they cannot be bought back, and beside a frozen backbone they are small.
 */
public enum Checkpoints {
  /** None: an interrupted run starts from the beginning. */
  NONE,
  /** The latest, until the run has completed. */
  UNFINISHED,
  /** The latest, also of a run that has completed. */
  LATEST,
  /** One after each task. */
  ALL
}

package org.continuo.moecl.drift;

import org.continuo.api.plugin.Option;

/** How the shared expert is kept from drifting; the default is as published. */
public record DriftOptions(
    @Option(
            doc =
                "none: as published; l2: pull towards its weights after the last task; ewc: the"
                    + " same, scaled by the Fisher information of all earlier tasks; snapshot: a"
                    + " shared expert for each task, which starts from that of the task before and"
                    + " is frozen when the task ends",
            value = "none")
        Control control,
    @Option(
            doc = "lambda of the pull lambda / 2 sum_i F_i (theta_i - theta*_i)^2",
            value = "1",
            min = 0)
        double strength,
    @Option(
            doc = "training examples that ewc takes the Fisher information from",
            value = "200",
            unit = "examples",
            min = 1)
        int fisherExamples) {

  /** What is done about drift. */
  public enum Control {
    NONE,
    L2,
    EWC,
    SNAPSHOT
  }
}

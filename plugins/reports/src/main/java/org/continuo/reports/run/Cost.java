package org.continuo.reports.run;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a run cost.
 *
 * @param trainableParameters per task; empty if not recorded
 * @param storedParameters kept after the last task, without the backbone
 */
public record Cost(
    List<OptionalLong> trainableParameters,
    OptionalLong storedParameters,
    OptionalLong storedBytes,
    OptionalLong backboneParameters,
    OptionalLong trainTokens,
    OptionalLong evaluationTokens,
    OptionalDouble trainSeconds,
    OptionalDouble evaluationSeconds,
    OptionalDouble totalSeconds,
    OptionalLong peakMemoryBytes) {
  static Cost of(Fields cost) {
    return new Cost(
        cost.wholes("trainableParameters"),
        cost.whole("storedParameters"),
        cost.whole("storedBytes"),
        cost.whole("backboneParameters"),
        cost.object("tokens").whole("train"),
        cost.object("tokens").whole("evaluation"),
        cost.object("seconds").number("train"),
        cost.object("seconds").number("evaluation"),
        cost.object("seconds").number("total"),
        cost.whole("peakMemoryBytes"));
  }
}

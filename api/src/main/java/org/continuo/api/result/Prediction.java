package org.continuo.api.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.continuo.api.plugin.Stability;

/**
 * One answer, graded.
 *
 * @param example id of the example
 * @param grades in [0,1] by name ({@code accuracy}, {@code exact-match}, {@code rouge-l})
 * @param probabilities of the labels, if the head scores them: they sum to 1; else empty
 */
@Stability(Stability.Level.STABLE)
public record Prediction(
    String example,
    String answer,
    String expected,
    Map<String, Double> grades,
    Map<String, Double> probabilities) {
  public Prediction {
    grades = Collections.unmodifiableMap(new LinkedHashMap<>(grades));
    probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
  }
}

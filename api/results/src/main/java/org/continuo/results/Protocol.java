package org.continuo.results;

import org.continuo.api.plugin.Stability;

/**
 * What a strategy was allowed to know. Scores compare only under the same protocol.
 *
 * @param taskId {@code given} or {@code inferred} at test time
 * @param pastData whether examples of earlier tasks may be kept
 * @param split that was tested: {@code test} or {@code dev}
 * @param futureData whether tasks may be seen before their turn
 */
@Stability(Stability.Level.EVOLVING)
public record Protocol(String taskId, boolean pastData, String split, boolean futureData) {
  /** Whether a test example comes with the name of its task. */
  public boolean taskIdGiven() {
    return taskId.equals("given");
  }
}

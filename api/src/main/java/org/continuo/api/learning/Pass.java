package org.continuo.api.learning;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Forward;
import org.continuo.api.model.Request;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Autograd;

/**
 * One batch sent through the model.
 *
 * @param role where its rows come from: {@link #TASK}, or the name of an extra
 * @param scores [R,C] of the head, unmasked; empty for {@code Positions.NONE}
 */
@Stability(Stability.Level.STABLE)
public record Pass(
    String role, Batch batch, Request request, Forward forward, Optional<NDArray> scores) {
  /** The role of the rows of the task at hand. */
  public static final String TASK = "task";

  /** The role of texts that belong to no task. */
  public static final String TEXTS = "texts";

  /** Positions whose scores count: R. */
  public long positions() {
    return batch.rows().size();
  }

  /**
   * {@code -1/R sum_r log softmax(scores_r)[target_r]} over the allowed columns, a scalar.
   *
   * @throws java.util.NoSuchElementException without scores
   */
  public NDArray crossEntropy() {
    NDArray masked = scores.orElseThrow();
    NDArray possible = batch.allowed();
    if (possible.size() > 1) {
      masked = masked.add(Autograd.scale(possible.sub(1), 1e9));
    }
    return masked.logSoftmax(-1).gather(batch.targets().expandDims(1), 1).mean().neg();
  }
}

package org.continuo.api.learning;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Forward;
import org.continuo.api.model.Request;
import org.continuo.api.plugin.Stability;

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
}

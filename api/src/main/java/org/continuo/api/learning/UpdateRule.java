package org.continuo.api.learning;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Tensors;

/**
 * How the parameters of a group follow their gradient, where AdamW is not wanted. Without state of
 * its own: what it needs from step to step the host keeps, for each parameter, until the task ends.
 *
 * <pre>{@code
 * // w <- w - lr sign(g)
 * group.by(u -> u.value().subi(u.gradient().sign().mul(u.scalar(u.learningRate()))))
 * }</pre>
 */
@Stability(Stability.Level.EVOLVING)
@FunctionalInterface
public interface UpdateRule {
  /** Changes {@code update.value()}, and what is kept, in place. No gradient is recorded. */
  void apply(Update update);

  /** Names of the arrays to be kept of each parameter: of its shape, zero when the task begins. */
  default List<String> keeps() {
    return List.of();
  }

  /**
   * One step of one parameter.
   *
   * @param value the live array
   * @param gradient of the same shape: transformed and clipped
   * @param kept the live arrays of {@link #keeps()}
   * @param step of this parameter since the start of the task, from 1
   * @param learningRate of this step, the schedule applied
   * @param weightDecay of the group, or of the run
   */
  record Update(
      NDArray value,
      NDArray gradient,
      Tensors kept,
      int step,
      double learningRate,
      double weightDecay) {
    /** A number as a float32 array of the step's scope, for operations with arrays. */
    public NDArray scalar(double number) {
      return gradient.getManager().create((float) number);
    }
  }
}

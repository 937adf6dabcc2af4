package org.continuo.methods.distillation;

import ai.djl.ndarray.NDArray;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Autograd;

/** Distances from what a teacher says: scalars on the graph of the student. */
@Stability(Stability.Level.EVOLVING)
public final class Distillation {
  private Distillation() {}

  /**
   * {@code T^2 sum_r KL(softmax(teacher_r / T) || softmax(student_r / T))} (Hinton et al. 2015,
   * arXiv 1503.02531, section 2).
   *
   * @param teacher [R,n] scores before the softmax, no gradient
   * @param student [R,n] scores before the softmax
   * @param temperature T, above 0
   */
  public static NDArray divergence(NDArray teacher, NDArray student, double temperature) {
    NDArray was = Autograd.scale(teacher, 1 / temperature).logSoftmax(-1);
    NDArray is = Autograd.scale(student, 1 / temperature).logSoftmax(-1);
    return Autograd.scale(was.exp().mul(was.sub(is)).sum(), temperature * temperature);
  }

  /**
   * {@code sum (student - teacher)^2} over the columns a row may choose from (Buzzega et al. 2020,
   * arXiv 2004.07211, eq. 5).
   *
   * @param teacher [R,n], no gradient
   * @param student [R,n]
   * @param allowed [R,n] of 0 and 1
   */
  public static NDArray squaredGap(NDArray teacher, NDArray student, NDArray allowed) {
    return student.sub(teacher).mul(allowed).square().sum();
  }
}

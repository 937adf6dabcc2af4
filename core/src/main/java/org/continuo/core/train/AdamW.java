package org.continuo.core.train;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.continuo.api.learning.UpdateRule;

/**
 * AdamW (Loshchilov and Hutter 2019, algorithm 2) in the form of torch.optim.AdamW: epsilon is
 * added after the bias correction, unlike in DJL's own. Works in place, outside the gradient scope.
 */
final class AdamW implements UpdateRule {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private static final String FIRST = "first";
  private static final String SECOND = "second";

  @Override
  public List<String> keeps() {
    return List.of(FIRST, SECOND);
  }

  @Override
  public void apply(Update u) {
    NDArray first = u.kept().get(FIRST);
    NDArray second = u.kept().get(SECOND);
    NDArray gradient = u.gradient();
    double correction1 = 1 - Math.pow(BETA1, u.step());
    double correction2 = 1 - Math.pow(BETA2, u.step());
    first.muli(u.scalar(BETA1)).addi(gradient.mul(u.scalar(1 - BETA1)));
    second.muli(u.scalar(BETA2)).addi(gradient.square().muli(u.scalar(1 - BETA2)));
    NDArray denominator = second.sqrt().muli(u.scalar(1 / Math.sqrt(correction2))).addi(EPSILON);
    u.value().muli(u.scalar(1 - u.learningRate() * u.weightDecay()));
    u.value().subi(first.div(denominator).muli(u.scalar(u.learningRate() / correction1)));
  }
}

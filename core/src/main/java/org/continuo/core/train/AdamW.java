package org.continuo.core.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.continuo.api.tensor.Tensors;

/**
 * AdamW (Loshchilov and Hutter 2019, algorithm 2) in the form of torch.optim.AdamW: epsilon is
 * added after the bias correction, unlike in DJL's own. Works in place, outside the gradient scope.
 */
@Singleton
final class AdamW {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final Scopes scopes;
  private final Map<String, Moments> moments = new HashMap<>();

  @Inject
  AdamW(Scopes scopes) {
    this.scopes = scopes;
  }

  /** What the optimiser keeps of one parameter. */
  private static final class Moments {
    final NDArray first;
    final NDArray second;
    int steps;

    Moments(NDArray first, NDArray second) {
      this.first = first;
      this.second = second;
    }
  }

  /** One step of one parameter. */
  void step(ParameterStore.Cell cell, Tensors gradients, double learningRate, double weightDecay) {
    NDArray gradient = gradients.get(cell.name());
    NDArray value = cell.value();
    Moments m =
        moments.computeIfAbsent(
            cell.name(),
            name ->
                new Moments(
                    scopes.adopt(scopes.current().zeros(cell.shape())),
                    scopes.adopt(scopes.current().zeros(cell.shape()))));
    m.steps++;
    NDManager scope = scopes.current();
    double correction1 = 1 - Math.pow(BETA1, m.steps);
    double correction2 = 1 - Math.pow(BETA2, m.steps);
    m.first.muli(scalar(scope, BETA1)).addi(gradient.mul(scalar(scope, 1 - BETA1)));
    m.second.muli(scalar(scope, BETA2)).addi(gradient.square().muli(scalar(scope, 1 - BETA2)));
    NDArray denominator =
        m.second.sqrt().muli(scalar(scope, 1 / Math.sqrt(correction2))).addi(EPSILON);
    value.muli(scalar(scope, 1 - learningRate * weightDecay));
    value.subi(m.first.div(denominator).muli(scalar(scope, learningRate / correction1)));
    cell.changed();
  }

  private static NDArray scalar(NDManager scope, double value) {
    return scope.create((float) value);
  }

  /** Forgets everything, as at the start of a task. */
  void reset() {
    moments
        .values()
        .forEach(
            m -> {
              scopes.release(m.first);
              scopes.release(m.second);
            });
    moments.clear();
  }
}

package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.norm.LayerNorm;
import org.continuo.api.tensor.Param;

/** Normalisation over the last axis; the shape stays. */
sealed interface Norm {
  NDArray apply(NDArray x);

  /**
   * {@code w x / sqrt(mean(x^2) + epsilon)} (Zhang and Sennrich 2019).
   *
   * @param weight w, as long as the last axis
   */
  record RootMeanSquare(Param weight, double epsilon) implements Norm {
    @Override
    public NDArray apply(NDArray x) {
      NDArray square = x.square().mean(new int[] {-1}, true);
      return x.div(square.add(epsilon).sqrt()).mul(weight.value());
    }
  }

  /**
   * Zero mean, unit variance, then scale and shift (Ba et al. 2016).
   *
   * @param weight as long as the last axis, like {@code bias}
   */
  record Layer(Param weight, Param bias, double epsilon) implements Norm {
    @Override
    public NDArray apply(NDArray x) {
      return LayerNorm.layerNorm(x, weight.shape(), weight.value(), bias.value(), (float) epsilon)
          .singletonOrThrow();
    }
  }
}

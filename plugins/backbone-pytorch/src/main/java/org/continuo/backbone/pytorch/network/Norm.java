package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.norm.LayerNorm;
import java.util.Optional;
import org.continuo.api.tensor.Param;

/** Normalisation over the last axis; the shape stays. */
sealed interface Norm {
  NDArray apply(NDArray x);

  /**
   * {@code w x / sqrt(mean(x^2) + epsilon)} (Zhang and Sennrich 2019).
   *
   * @param weight as long as the last axis
   */
  record RootMeanSquare(Param weight, Weight meaning, double epsilon) implements Norm {
    /** What w is. */
    enum Weight {
      AS_STORED,
      /** 1 and what is stored. */
      FROM_ONE
    }

    @Override
    public NDArray apply(NDArray x) {
      NDArray square = x.square().mean(new int[] {-1}, true);
      NDArray unit = x.div(square.add(epsilon).sqrt());
      NDArray weighted = unit.mul(weight.value());
      return meaning == Weight.AS_STORED ? weighted : unit.add(weighted);
    }
  }

  /**
   * Zero mean, unit variance, then scale and shift (Ba et al. 2016).
   *
   * @param weight as long as the last axis, like {@code bias}, without which nothing shifts
   */
  record Layer(Param weight, Optional<Param> bias, double epsilon) implements Norm {
    @Override
    public NDArray apply(NDArray x) {
      NDArray shift = bias.map(Param::value).orElseGet(() -> x.getManager().zeros(weight.shape()));
      return LayerNorm.layerNorm(x, weight.shape(), weight.value(), shift, (float) epsilon)
          .singletonOrThrow();
    }
  }
}

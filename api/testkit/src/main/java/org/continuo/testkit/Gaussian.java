package org.continuo.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.continuo.api.tensor.Param;

/** Normally distributed numbers, the same ones each time. */
final class Gaussian {
  private Gaussian() {}

  static NDArray array(NDManager scope, int seed, long... shape) {
    return scope.create(values(seed, new Shape(shape), 1), new Shape(shape));
  }

  /** Moves a parameter away from its first values, which may be special. */
  static void fill(TinyParameters parameters, Param param, double deviation) {
    parameters.assign(param.name(), values(param.name().hashCode(), param.shape(), deviation));
  }

  private static float[] values(int seed, Shape shape, double deviation) {
    Random random = new Random(seed);
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }
}

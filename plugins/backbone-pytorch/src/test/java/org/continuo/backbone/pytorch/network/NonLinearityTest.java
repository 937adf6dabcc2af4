package org.continuo.backbone.pytorch.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.function.DoubleUnaryOperator;
import org.continuo.checkpoints.Activation;
import org.junit.jupiter.api.Test;

class NonLinearityTest {
  @Test
  void activationsAreTheFunctionsTheirNamesMean() {
    double[] points = {-4, -1.5, -0.3, 0, 0.2, 1, 3.7};
    check(Activation.SILU, points, x -> x / (1 + Math.exp(-x)));
    check(Activation.QUICK_GELU, points, x -> x / (1 + Math.exp(-1.702 * x)));
    check(Activation.RELU, points, x -> Math.max(0, x));
    check(Activation.RELU_SQUARED, points, x -> Math.max(0, x) * Math.max(0, x));
    check(Activation.LEAKY_RELU, points, x -> x > 0 ? x : 0.01 * x);
    check(Activation.TANH, points, Math::tanh);
    check(Activation.SIGMOID, points, x -> 1 / (1 + Math.exp(-x)));
    check(Activation.LINEAR, points, x -> x);
    check(
        Activation.GELU_TANH,
        points,
        x -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))));
    // The exact form at points where tables give the normal distribution.
    check(Activation.GELU, new double[] {1}, x -> 0.8413447);
    check(Activation.GELU, new double[] {-2}, x -> -2 * 0.0227501);
  }

  private static void check(Activation activation, double[] points, DoubleUnaryOperator expected) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      for (double point : points) {
        float found =
            NonLinearity.apply(activation, manager.create(new float[] {(float) point})).getFloat(0);
        assertEquals(expected.applyAsDouble(point), found, 2e-6, activation + " at " + point);
      }
    }
  }
}

package org.continuo.backbone.pytorch.network;

import static ai.djl.nn.Activation.sigmoid;

import ai.djl.ndarray.NDArray;
import java.util.OptionalDouble;
import org.continuo.api.tensor.Autograd;
import org.continuo.checkpoints.Activation;

/** Functions of single elements, on the gradient graph: activations of blocks, soft caps. */
final class NonLinearity {
  private NonLinearity() {}

  static NDArray apply(Activation activation, NDArray x) {
    return switch (activation) {
      case SILU -> x.mul(sigmoid(x));
      case GELU -> ai.djl.nn.Activation.gelu(x);
      case GELU_TANH -> geluTanh(x);
      case QUICK_GELU -> x.mul(sigmoid(Autograd.scale(x, 1.702)));
      case RELU -> ai.djl.nn.Activation.relu(x);
      case RELU_SQUARED -> ai.djl.nn.Activation.relu(x).square();
      case LEAKY_RELU -> ai.djl.nn.Activation.leakyRelu(x, 0.01f);
      case TANH -> x.tanh();
      case SIGMOID -> sigmoid(x);
      case LINEAR -> x;
    };
  }

  /** {@code c tanh(x / c)}, which stays between -c and c; x itself without a cap. */
  static NDArray capped(OptionalDouble cap, NDArray x) {
    return cap.isPresent()
        ? Autograd.scale(Autograd.scale(x, 1 / cap.getAsDouble()).tanh(), cap.getAsDouble())
        : x;
  }

  /**
   * {@code x / 2 (1 + tanh(z))} with {@code z = sqrt(2 / pi) (x + 0.044715 x^3)} (Hendrycks and
   * Gimpel 2016), written as {@code x sigmoid(2 z)}.
   */
  private static NDArray geluTanh(NDArray x) {
    double slope = 2 * Math.sqrt(2 / Math.PI);
    return x.mul(sigmoid(x.mul(Autograd.scale(x.square(), slope * 0.044715).add(slope))));
  }
}

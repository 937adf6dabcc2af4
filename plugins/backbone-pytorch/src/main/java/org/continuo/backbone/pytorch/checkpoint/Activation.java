package org.continuo.backbone.pytorch.checkpoint;

import static ai.djl.nn.Activation.sigmoid;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.continuo.api.tensor.Autograd;

/** The non-linearity of a feed-forward block. */
public enum Activation {
  SILU,
  GELU,
  GELU_TANH,
  QUICK_GELU,
  RELU;

  /** What {@code config.json} may call it. */
  List<String> names() {
    return switch (this) {
      case SILU -> List.of("silu", "swish");
      case GELU -> List.of("gelu", "gelu_python");
      case GELU_TANH -> List.of("gelu_new", "gelu_pytorch_tanh", "gelu_fast");
      case QUICK_GELU -> List.of("quick_gelu");
      case RELU -> List.of("relu");
    };
  }

  static Optional<Activation> named(String name) {
    return Arrays.stream(values()).filter(a -> a.names().contains(name)).findFirst();
  }

  static List<String> known() {
    return Arrays.stream(values()).flatMap(a -> a.names().stream()).toList();
  }

  /** Element-wise, on the gradient graph. */
  public NDArray apply(NDArray x) {
    return switch (this) {
      case SILU -> x.mul(sigmoid(x));
      case GELU -> ai.djl.nn.Activation.gelu(x);
      case GELU_TANH -> geluTanh(x);
      case QUICK_GELU -> x.mul(sigmoid(Autograd.scale(x, 1.702)));
      case RELU -> ai.djl.nn.Activation.relu(x);
    };
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

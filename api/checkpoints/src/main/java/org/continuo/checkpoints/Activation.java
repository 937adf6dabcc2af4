package org.continuo.checkpoints;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.continuo.api.plugin.Stability;

/** The non-linearity of a feed-forward block. */
@Stability(Stability.Level.EVOLVING)
public enum Activation {
  SILU,
  GELU,
  GELU_TANH,
  QUICK_GELU,
  RELU,
  RELU_SQUARED,
  LEAKY_RELU,
  TANH,
  SIGMOID,
  LINEAR;

  /** What {@code config.json} may call it. */
  List<String> names() {
    return switch (this) {
      case SILU -> List.of("silu", "swish");
      case GELU -> List.of("gelu", "gelu_python");
      case GELU_TANH ->
          List.of(
              "gelu_new", "gelu_pytorch_tanh", "gelu_fast", "gelu_python_tanh", "gelu_accurate");
      case QUICK_GELU -> List.of("quick_gelu");
      case RELU -> List.of("relu");
      case RELU_SQUARED -> List.of("relu2");
      case LEAKY_RELU -> List.of("leaky_relu");
      case TANH -> List.of("tanh");
      case SIGMOID -> List.of("sigmoid");
      case LINEAR -> List.of("linear");
    };
  }

  static Optional<Activation> named(String name) {
    return Arrays.stream(values()).filter(a -> a.names().contains(name)).findFirst();
  }

  static List<String> known() {
    return Arrays.stream(values()).flatMap(a -> a.names().stream()).toList();
  }
}

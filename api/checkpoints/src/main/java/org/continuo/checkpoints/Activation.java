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
}

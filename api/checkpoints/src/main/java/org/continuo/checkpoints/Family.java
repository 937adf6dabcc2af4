package org.continuo.checkpoints;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.continuo.api.plugin.Stability;

/** The architectures whose configuration and tensors are known. */
@Stability(Stability.Level.EVOLVING)
public enum Family {
  LLAMA,
  MISTRAL,
  QWEN2,
  QWEN3,
  BERT,
  ROBERTA,
  DISTILBERT;

  public static Optional<Family> ofModelType(String modelType) {
    return Arrays.stream(values()).filter(f -> f.modelType().equals(modelType)).findFirst();
  }

  public static List<String> modelTypes() {
    return Arrays.stream(values()).map(Family::modelType).toList();
  }

  /** {@code model_type} in {@code config.json}. */
  public String modelType() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** True for causal models with pre-norm blocks and a vocabulary head, false for encoders. */
  public boolean decoder() {
    return switch (this) {
      case LLAMA, MISTRAL, QWEN2, QWEN3 -> true;
      case BERT, ROBERTA, DISTILBERT -> false;
    };
  }
}

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
  PHI3,
  GPT2,
  GEMMA2,
  /** The language part alone where a model reads images too. */
  GEMMA3,
  BERT,
  ROBERTA,
  DISTILBERT,
  MODERNBERT;

  public static Optional<Family> ofModelType(String modelType) {
    return Arrays.stream(values()).filter(f -> f.spellings().contains(modelType)).findFirst();
  }

  public static List<String> modelTypes() {
    return Arrays.stream(values()).flatMap(f -> f.spellings().stream()).toList();
  }

  /** {@code model_type} in {@code config.json}, as it is usually written. */
  public String modelType() {
    return spellings().get(0);
  }

  private List<String> spellings() {
    return this == GEMMA3
        ? List.of("gemma3_text", "gemma3")
        : List.of(name().toLowerCase(Locale.ROOT));
  }

  /** True for causal models with a vocabulary head, false for encoders. */
  public boolean decoder() {
    return switch (this) {
      case LLAMA, MISTRAL, QWEN2, QWEN3, PHI3, GPT2, GEMMA2, GEMMA3 -> true;
      case BERT, ROBERTA, DISTILBERT, MODERNBERT -> false;
    };
  }
}

package org.continuo.checkpoints;

import java.util.Optional;

/** Translates {@code config.json}, by the parser of its family. */
final class ConfigParser {
  private ConfigParser() {}

  /** Empty, and a problem, if the family is not known; defaults are those of the original. */
  static Optional<CheckpointConfig> parse(JsonReader json) {
    String modelType = json.text("model_type", "");
    Optional<Family> family = Family.ofModelType(modelType);
    if (family.isEmpty()) {
      json.problem(
          "model_type", "found '%s', expected one of %s".formatted(modelType, Family.modelTypes()));
    }
    if (json.has("quantization_config")) {
      json.problem(
          "quantization_config",
          "the weights are quantized (%s); expected F32, F16 or BF16 weights: use the original checkpoint"
              .formatted(json.get("quantization_config").path("quant_method").asText("unknown")));
    }
    if (json.get("per_layer_config").size() > 0) {
      json.problem(
          "per_layer_config", "found settings of single layers, expected one form for all layers");
    }
    return family.map(f -> parse(f, new ModelKeys(json)));
  }

  private static CheckpointConfig parse(Family family, ModelKeys keys) {
    return switch (family) {
      case LLAMA, MISTRAL, QWEN2, QWEN3, PHI3 -> new LlamaParser(family, keys).parse();
      case GPT2 -> new Gpt2Parser(keys).parse();
      case GEMMA2, GEMMA3 -> new GemmaParser(family, keys).parse();
      case BERT, ROBERTA, DISTILBERT -> new BertParser(family, keys).parse();
      case MODERNBERT -> new ModernBertParser(keys).parse();
    };
  }
}

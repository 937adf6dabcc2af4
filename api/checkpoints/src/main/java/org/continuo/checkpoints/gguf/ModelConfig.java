package org.continuo.checkpoints.gguf;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.continuo.checkpoints.CheckpointExport;

/** The architecture as {@code config.json} says it. */
record ModelConfig(Architecture is, Weights weights, Optional<RopeFactors> ropeFactors) {
  ObjectNode json(CheckpointExport.Type type) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config
        .putArray("architectures")
        .add(
            switch (is.family()) {
              case MISTRAL -> "MistralForCausalLM";
              case QWEN2 -> "Qwen2ForCausalLM";
              default -> "LlamaForCausalLM";
            });
    config.put("model_type", is.family().modelType()).put("dtype", type.torchName());
    config.put("vocab_size", weights.rows()).put("hidden_size", is.width());
    config.put("num_hidden_layers", is.layers()).put("intermediate_size", is.inner());
    config.put("num_attention_heads", is.heads().count());
    config.put("num_key_value_heads", is.heads().keyValue()).put("head_dim", is.heads().size());
    config.put("max_position_embeddings", is.maximumLength()).put("hidden_act", "silu");
    config.put("rms_norm_eps", is.epsilon()).put("rope_theta", is.theta());
    scaling(config);
    config.put("tie_word_embeddings", weights.tied());
    switch (is.family()) {
      case MISTRAL -> is.window().ifPresent(size -> config.put("sliding_window", size));
      case QWEN2 -> config.put("use_sliding_window", false);
      default ->
          config
              .put("attention_bias", weights.attentionBias())
              .put("mlp_bias", weights.feedForwardBias());
    }
    return config;
  }

  private void scaling(ObjectNode config) {
    is.stretch()
        .ifPresent(
            factor ->
                config.putObject("rope_scaling").put("rope_type", "linear").put("factor", factor));
    ropeFactors.ifPresent(
        found -> {
          ObjectNode scaling = config.putObject("rope_scaling").put("rope_type", "llama3");
          scaling.put("factor", found.factor()).put("low_freq_factor", RopeFactors.LOW);
          scaling.put("high_freq_factor", RopeFactors.HIGH);
          scaling.put("original_max_position_embeddings", RopeFactors.ORIGINAL);
        });
  }
}

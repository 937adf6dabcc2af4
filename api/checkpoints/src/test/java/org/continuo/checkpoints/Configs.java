package org.continuo.checkpoints;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Configurations as the original library writes them, of width 64 and with 3 layers. */
final class Configs {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Configs() {}

  static ObjectNode of(Family family) {
    ObjectNode json = JSON.createObjectNode().put("model_type", family.modelType());
    json.put("vocab_size", 512).put("max_position_embeddings", 256);
    if (family == Family.DISTILBERT) {
      json.put("dim", 64).put("n_layers", 3).put("n_heads", 8).put("hidden_dim", 160);
      return json.put("activation", "gelu");
    }
    if (family == Family.GPT2) {
      json.put("n_embd", 64).put("n_layer", 3).put("n_head", 8).put("n_inner", 160);
      return json.put("activation_function", "gelu_new").put("layer_norm_epsilon", 1e-5);
    }
    json.put("hidden_size", 64).put("num_hidden_layers", 3).put("num_attention_heads", 8);
    json.put("intermediate_size", 160);
    if (family == Family.MODERNBERT) {
      return json.put("hidden_activation", "gelu").put("norm_eps", 1e-5).put("local_attention", 32);
    }
    if (!family.decoder()) {
      return json.put("hidden_act", "gelu").put("layer_norm_eps", 1e-12).put("type_vocab_size", 2);
    }
    json.put("hidden_act", "silu").put("num_key_value_heads", 2).put("head_dim", 16);
    if (family == Family.GEMMA2 || family == Family.GEMMA3) {
      json.put("query_pre_attn_scalar", 16).put("sliding_window", 8);
      return json.put("hidden_activation", "gelu_pytorch_tanh").put("rms_norm_eps", 1e-6);
    }
    json.put("rms_norm_eps", 1e-6).put("rope_theta", 10_000).put("tie_word_embeddings", false);
    return json;
  }

  /** Written into a folder and read from there. */
  static CheckpointConfig read(Family family, Path folder, Consumer<ObjectNode> change) {
    ObjectNode json = of(family);
    change.accept(json);
    CheckpointFolder checkpoint = new CheckpointFolder("test", folder);
    try {
      JSON.writeValue(checkpoint.config().toFile(), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Problems problems = new Problems();
    Optional<CheckpointConfig> config = CheckpointConfig.read(checkpoint, problems);
    problems.check();
    return config.orElseThrow();
  }
}

package org.continuo.backbone.pytorch.checkpoint;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The architectures that can be loaded, each with the names its tensors have on disk.
 *
 * <p>Our names follow the sites ({@code layers.0.attention.query}); {@code #} stands for the number
 * of a layer, and {@code .weight} or {@code .bias} follows on both sides.
 */
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

  /** What may stand before every tensor name but the head's, the usual spelling first. */
  List<String> prefixes() {
    return decoder() ? List.of("model.", "") : List.of("", modelType() + ".");
  }

  private Map<String, String> names() {
    return switch (this) {
      case LLAMA, MISTRAL, QWEN2, QWEN3 -> Names.LLAMA;
      case BERT, ROBERTA -> Names.BERT;
      case DISTILBERT -> Names.DISTILBERT;
    };
  }

  /** The tensor on disk, without prefix, for our name of a weight. */
  String tensor(String weight) {
    int suffix = weight.lastIndexOf('.');
    String[] parts = weight.substring(0, suffix).split("\\.", -1);
    String layer = "";
    if (parts[0].equals("layers")) {
      layer = parts[1];
      parts[1] = "#";
    }
    String tensor = names().get(String.join(".", parts));
    if (tensor == null) {
      throw new IllegalArgumentException(modelType() + " has no weight '" + weight + "'");
    }
    return tensor.replace("#", layer) + weight.substring(suffix);
  }

  private static final class Names {
    static final Map<String, String> LLAMA =
        Map.ofEntries(
            Map.entry("embeddings.tokens", "embed_tokens"),
            Map.entry("layers.#.attention-norm", "layers.#.input_layernorm"),
            Map.entry("layers.#.attention.query", "layers.#.self_attn.q_proj"),
            Map.entry("layers.#.attention.key", "layers.#.self_attn.k_proj"),
            Map.entry("layers.#.attention.value", "layers.#.self_attn.v_proj"),
            Map.entry("layers.#.attention.output", "layers.#.self_attn.o_proj"),
            Map.entry("layers.#.attention.query-norm", "layers.#.self_attn.q_norm"),
            Map.entry("layers.#.attention.key-norm", "layers.#.self_attn.k_norm"),
            Map.entry("layers.#.feed-forward-norm", "layers.#.post_attention_layernorm"),
            Map.entry("layers.#.feed-forward.gate", "layers.#.mlp.gate_proj"),
            Map.entry("layers.#.feed-forward.up", "layers.#.mlp.up_proj"),
            Map.entry("layers.#.feed-forward.down", "layers.#.mlp.down_proj"),
            Map.entry("norm", "norm"),
            Map.entry("head", "lm_head"));

    static final Map<String, String> BERT =
        Map.ofEntries(
            Map.entry("embeddings.tokens", "embeddings.word_embeddings"),
            Map.entry("embeddings.positions", "embeddings.position_embeddings"),
            Map.entry("embeddings.token-types", "embeddings.token_type_embeddings"),
            Map.entry("embeddings.norm", "embeddings.LayerNorm"),
            Map.entry("layers.#.attention.query", "encoder.layer.#.attention.self.query"),
            Map.entry("layers.#.attention.key", "encoder.layer.#.attention.self.key"),
            Map.entry("layers.#.attention.value", "encoder.layer.#.attention.self.value"),
            Map.entry("layers.#.attention.output", "encoder.layer.#.attention.output.dense"),
            Map.entry("layers.#.attention-norm", "encoder.layer.#.attention.output.LayerNorm"),
            Map.entry("layers.#.feed-forward.up", "encoder.layer.#.intermediate.dense"),
            Map.entry("layers.#.feed-forward.down", "encoder.layer.#.output.dense"),
            Map.entry("layers.#.feed-forward-norm", "encoder.layer.#.output.LayerNorm"));

    static final Map<String, String> DISTILBERT =
        Map.ofEntries(
            Map.entry("embeddings.tokens", "embeddings.word_embeddings"),
            Map.entry("embeddings.positions", "embeddings.position_embeddings"),
            Map.entry("embeddings.norm", "embeddings.LayerNorm"),
            Map.entry("layers.#.attention.query", "transformer.layer.#.attention.q_lin"),
            Map.entry("layers.#.attention.key", "transformer.layer.#.attention.k_lin"),
            Map.entry("layers.#.attention.value", "transformer.layer.#.attention.v_lin"),
            Map.entry("layers.#.attention.output", "transformer.layer.#.attention.out_lin"),
            Map.entry("layers.#.attention-norm", "transformer.layer.#.sa_layer_norm"),
            Map.entry("layers.#.feed-forward.up", "transformer.layer.#.ffn.lin1"),
            Map.entry("layers.#.feed-forward.down", "transformer.layer.#.ffn.lin2"),
            Map.entry("layers.#.feed-forward-norm", "transformer.layer.#.output_layer_norm"));
  }
}

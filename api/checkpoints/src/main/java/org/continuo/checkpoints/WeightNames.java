package org.continuo.checkpoints;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.continuo.api.model.Site;
import org.continuo.api.plugin.Stability;

/**
 * The tensors of a checkpoint that belong to our names of weights, and to sites.
 *
 * <p>Our names follow the sites: {@code layers.0.attention.query.weight}, besides {@code
 * embeddings.tokens|positions|token-types|norm}, {@code layers.0.attention-norm}, {@code
 * layers.0.feed-forward-norm}, {@code layers.0.attention.query-norm|key-norm}, {@code norm} and
 * {@code head}; {@code .weight} or {@code .bias} follows on both sides.
 *
 * @param prefix what stands before every name but the head's
 */
@Stability(Stability.Level.EVOLVING)
public record WeightNames(Family family, String prefix, NormNames spelling) {
  private static final String HEAD = "head";
  private static final String TOKENS = "embeddings.tokens";

  /** How scale and shift of the norms of encoders are called. */
  public enum NormNames {
    WEIGHT_AND_BIAS,
    /** In checkpoints converted from TensorFlow. */
    GAMMA_AND_BETA
  }

  /** As the family's checkpoints are usually written. */
  public static WeightNames of(Family family) {
    return new WeightNames(family, prefixes(family).get(0), NormNames.WEIGHT_AND_BIAS);
  }

  /**
   * As one checkpoint is written.
   *
   * @param stored true for the names of its tensors
   */
  public static WeightNames of(Family family, Predicate<String> stored) {
    String tokens = names(family).get(TOKENS) + ".weight";
    String prefix =
        prefixes(family).stream()
            .filter(p -> stored.test(p + tokens))
            .findFirst()
            .orElse(prefixes(family).get(0));
    boolean older = stored.test(prefix + "embeddings.LayerNorm.gamma");
    return new WeightNames(
        family, prefix, older ? NormNames.GAMMA_AND_BETA : NormNames.WEIGHT_AND_BIAS);
  }

  private static List<String> prefixes(Family family) {
    return family.decoder() ? List.of("model.", "") : List.of("", family.modelType() + ".");
  }

  /** What all names of a layer's tensors begin with, up to the number of the layer. */
  public String layers() {
    String query = names(family).get("layers.#.attention.query");
    return prefix + query.substring(0, query.indexOf('#'));
  }

  /**
   * The matrix of a site.
   *
   * @throws IllegalArgumentException if it is of a kind that has none, or not of this family
   */
  public String tensor(Site site) {
    return module(site) + ".weight";
  }

  /** What other libraries call a site: {@code model.layers.0.self_attn.q_proj}. */
  public String module(Site site) {
    return switch (site.kind()) {
      case LINEAR -> stored(site.name());
      case EMBEDDING -> stored(TOKENS);
      case FEED_FORWARD, PREFIX, LAYER, OUTPUT ->
          throw new IllegalArgumentException(
              "site '%s' of kind %s has no matrix; expected one of kind LINEAR or EMBEDDING"
                  .formatted(site.name(), site.kind()));
    };
  }

  /**
   * @param weight by our name
   * @throws IllegalArgumentException if the family has none of that name
   */
  public String tensor(String weight) {
    int suffix = weight.lastIndexOf('.');
    String tensor = stored(weight.substring(0, suffix)) + weight.substring(suffix);
    return spelling == NormNames.WEIGHT_AND_BIAS
        ? tensor
        : tensor
            .replace("LayerNorm.weight", "LayerNorm.gamma")
            .replace("LayerNorm.bias", "LayerNorm.beta");
  }

  private String stored(String name) {
    String[] parts = name.split("\\.", -1);
    String layer = "";
    if (parts[0].equals("layers") && parts.length > 1) {
      layer = parts[1];
      parts[1] = "#";
    }
    String stored = names(family).get(String.join(".", parts));
    if (stored == null) {
      throw new IllegalArgumentException(family.modelType() + " has no weight '" + name + "'");
    }
    return (name.equals(HEAD) ? "" : prefix) + stored.replace("#", layer);
  }

  private static Map<String, String> names(Family family) {
    return switch (family) {
      case LLAMA, MISTRAL, QWEN2, QWEN3 -> Tables.LLAMA;
      case BERT, ROBERTA -> Tables.BERT;
      case DISTILBERT -> Tables.DISTILBERT;
    };
  }

  /** {@code #} stands for the number of a layer. */
  private static final class Tables {
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

package org.continuo.checkpoints;

import java.util.function.Predicate;
import org.continuo.api.model.Site;
import org.continuo.api.plugin.Stability;

/**
 * The tensors of a checkpoint that belong to our names of weights, and to sites.
 *
 * <p>Our names follow the sites: {@code layers.0.attention.query.weight}, besides {@code
 * embeddings.tokens|positions|token-types|norm}, {@code layers.0.attention-norm}, {@code
 * layers.0.feed-forward-norm}, {@code layers.0.attention-output-norm|feed-forward-output-norm},
 * {@code layers.0.attention.query-norm|key-norm}, {@code norm} and {@code head}; {@code .weight} or
 * {@code .bias} follows on both sides.
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
    return new WeightNames(
        family, TensorNames.of(family).prefixes().get(0).body(), NormNames.WEIGHT_AND_BIAS);
  }

  /**
   * As one checkpoint is written.
   *
   * @param stored true for the names of its tensors
   */
  public static WeightNames of(Family family, Predicate<String> stored) {
    TensorNames names = TensorNames.of(family);
    String tokens = names.modules().get(TOKENS) + ".weight";
    String prefix =
        names.prefixes().stream()
            .map(TensorNames.Prefix::body)
            .filter(body -> stored.test(body + tokens))
            .findFirst()
            .orElse(names.prefixes().get(0).body());
    boolean older = stored.test(prefix + "embeddings.LayerNorm.gamma");
    return new WeightNames(
        family, prefix, older ? NormNames.GAMMA_AND_BETA : NormNames.WEIGHT_AND_BIAS);
  }

  /** What all names of a layer's tensors begin with, up to the number of the layer. */
  public String layers() {
    String query = TensorNames.of(family).modules().get("layers.#.attention.query");
    return prefix + query.substring(0, query.indexOf('#'));
  }

  /**
   * The tensor that holds the matrix of a site.
   *
   * @throws IllegalArgumentException if it is of a kind that has none, or not of this family
   */
  public String tensor(Site site) {
    return module(site) + ".weight";
  }

  /**
   * What other libraries call a site: {@code model.layers.0.self_attn.q_proj}; of several sites in
   * one tensor, the module that holds them all.
   */
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
   * The tensor that holds a weight.
   *
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

  /**
   * The tensor that holds a weight, and what else is in it.
   *
   * @param weight by our name
   */
  public TensorParts parts(String weight) {
    int suffix = weight.lastIndexOf('.');
    Name name = Name.of(weight.substring(0, suffix));
    boolean transposed =
        family == Family.GPT2
            && weight.endsWith(".weight")
            && (weight.contains(".attention.") || weight.contains(".feed-forward."));
    return new TensorParts(
        tensor(weight),
        transposed ? TensorParts.Layout.IN_OUT : TensorParts.Layout.OUT_IN,
        TensorNames.of(family).together(name.pattern()).stream()
            .map(pattern -> pattern.replace("#", name.layer()) + weight.substring(suffix))
            .toList());
  }

  /** True for tensors that older versions of the original library stored and none reads. */
  public boolean leftover(String tensor) {
    return family == Family.GPT2
        && (tensor.endsWith(".attn.bias") || tensor.endsWith(".attn.masked_bias"));
  }

  private String stored(String name) {
    Name parsed = Name.of(name);
    TensorNames names = TensorNames.of(family);
    String stored = names.modules().get(parsed.pattern());
    if (stored == null) {
      throw new IllegalArgumentException(family.modelType() + " has no weight '" + name + "'");
    }
    return (name.equals(HEAD) ? headPrefix(names) : prefix) + stored.replace("#", parsed.layer());
  }

  private String headPrefix(TensorNames names) {
    return names.prefixes().stream()
        .filter(known -> known.body().equals(prefix))
        .map(TensorNames.Prefix::head)
        .findFirst()
        .orElse("");
  }

  /**
   * @param pattern with {@code #} for the number of the layer
   * @param layer empty outside of layers
   */
  private record Name(String pattern, String layer) {
    static Name of(String name) {
      String[] parts = name.split("\\.", -1);
      if (!parts[0].equals("layers") || parts.length < 2) {
        return new Name(name, "");
      }
      String layer = parts[1];
      parts[1] = "#";
      return new Name(String.join(".", parts), layer);
    }
  }
}

package org.continuo.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.continuo.checkpoints.CheckpointConfig.Biases;
import org.continuo.checkpoints.CheckpointConfig.Heads;
import org.continuo.checkpoints.CheckpointConfig.SlidingWindow;

/** Translates {@code config.json}; defaults are those of the original library. */
final class ConfigParser {
  private static final int MOST_LAYERS = 10_000;
  private static final int WIDEST = 1 << 28;
  private static final List<String> LAYER_TYPES = List.of("full_attention", "sliding_attention");

  private final JsonReader json;

  ConfigParser(JsonReader json) {
    this.json = json;
  }

  Optional<CheckpointConfig> parse() {
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
    return family.map(
        f ->
            switch (f) {
              case LLAMA, MISTRAL, QWEN2, QWEN3 -> decoder(f);
              case BERT, ROBERTA -> bert(f);
              case DISTILBERT -> distilbert();
            });
  }

  private CheckpointConfig decoder(Family family) {
    int width = json.count("hidden_size");
    int layers = layers("num_hidden_layers");
    int count = json.count("num_attention_heads");
    int keyValue = json.count("num_key_value_heads", unsetKeyValueHeads(family, count));
    boolean sized = family == Family.QWEN3 && json.absent("head_dim");
    if (!json.has("head_dim") && !sized) {
      divides("num_attention_heads", count, "hidden_size", width);
    }
    int size = json.count("head_dim", sized ? 128 : Math.max(1, width / count));
    divides("num_key_value_heads", keyValue, "num_attention_heads", count);
    if ((long) count * size > WIDEST) {
      json.problem(
          "head_dim",
          "found %d for each of %d heads, expected at most %d in all"
              .formatted(size, count, WIDEST));
      size = 2;
    }
    if (size % 2 != 0) {
      json.problem("head_dim", "found " + size + ", expected an even number (rotary pairs)");
    }
    boolean attentionBias =
        (family == Family.LLAMA || family == Family.QWEN3) && json.flag("attention_bias", false);
    return new CheckpointConfig(
        family,
        architecture(family),
        layers,
        width,
        json.count("intermediate_size"),
        json.count("vocab_size"),
        json.count("max_position_embeddings"),
        new Heads(count, keyValue, size),
        activation("hidden_act", "silu"),
        json.positive("rms_norm_eps", 1e-6),
        new Biases(
            attentionBias || family == Family.QWEN2,
            attentionBias,
            family == Family.LLAMA && json.flag("mlp_bias", false)),
        family == Family.QWEN3,
        Optional.of(new RopeParser(json).parse()),
        window(family, layers),
        0,
        0,
        json.flag("tie_word_embeddings", false));
  }

  /** What the original library takes where the key is absent; null means one for each head. */
  private int unsetKeyValueHeads(Family family, int heads) {
    if (!json.absent("num_key_value_heads")) {
      return heads;
    }
    return switch (family) {
      case MISTRAL -> 8;
      case QWEN2, QWEN3 -> 32;
      default -> heads;
    };
  }

  /** Bounded, so that a file of a few bytes asks for little before its weights are looked at. */
  private int layers(String key) {
    int layers = json.count(key);
    if (layers > MOST_LAYERS) {
      json.problem(key, "found %d, expected at most %d".formatted(layers, MOST_LAYERS));
      return MOST_LAYERS;
    }
    return layers;
  }

  private CheckpointConfig bert(Family family) {
    int width = json.count("hidden_size");
    int count = json.count("num_attention_heads");
    divides("num_attention_heads", count, "hidden_size", width);
    String positions = json.text("position_embedding_type", "absolute");
    if (!positions.equals("absolute")) {
      json.problem("position_embedding_type", "found '" + positions + "', expected 'absolute'");
    }
    if (json.flag("is_decoder", false) || json.flag("add_cross_attention", false)) {
      json.problem(
          json.flag("is_decoder", false) ? "is_decoder" : "add_cross_attention",
          "found true, expected false: only the encoder form of " + family.modelType());
    }
    int offset = 0;
    if (family == Family.ROBERTA) {
      offset = json.wholeNumber("pad_token_id", 0, 1) + 1;
    }
    return encoder(
        family,
        layers("num_hidden_layers"),
        width,
        count,
        json.count("intermediate_size"),
        activation("hidden_act", "gelu"),
        json.positive("layer_norm_eps", 1e-12),
        offset,
        json.count("type_vocab_size", 2));
  }

  private CheckpointConfig distilbert() {
    String size = spelled("dim", "hidden_size");
    String heads = spelled("n_heads", "num_attention_heads");
    int width = json.count(size);
    int count = json.count(heads);
    divides(heads, count, size, width);
    return encoder(
        Family.DISTILBERT,
        layers(spelled("n_layers", "num_hidden_layers")),
        width,
        count,
        json.count("hidden_dim"),
        activation("activation", "gelu"),
        1e-12,
        0,
        0);
  }

  /** The one of two spellings that is there; both are refused unless they say the same. */
  private String spelled(String key, String other) {
    if (json.has(key) && json.has(other) && !json.get(key).equals(json.get(other))) {
      json.contradiction(key, other);
    }
    return json.has(key) || !json.has(other) ? key : other;
  }

  private CheckpointConfig encoder(
      Family family,
      int layers,
      int width,
      int heads,
      int inner,
      Activation activation,
      double epsilon,
      int positionOffset,
      int tokenTypes) {
    int positions = json.count("max_position_embeddings");
    if (positions <= positionOffset) {
      json.problem(
          "max_position_embeddings",
          "found %d, expected more than %d: positions start after the padding id"
              .formatted(positions, positionOffset));
    }
    return new CheckpointConfig(
        family,
        architecture(family),
        layers,
        width,
        inner,
        json.count("vocab_size"),
        positions - positionOffset,
        new Heads(heads, heads, Math.max(1, width / heads)),
        activation,
        epsilon,
        new Biases(true, true, true),
        false,
        Optional.empty(),
        SlidingWindow.NONE,
        positionOffset,
        tokenTypes,
        true);
  }

  private String architecture(Family family) {
    return json.get("architectures").path(0).asText(family.modelType());
  }

  private void divides(String part, int count, String whole, int total) {
    if (total % count != 0) {
      json.problem(part, "found %d, which does not divide %s = %d".formatted(count, whole, total));
    }
  }

  private Activation activation(String key, String unset) {
    String name = json.text(key, unset);
    Optional<Activation> known = Activation.named(name);
    if (known.isEmpty()) {
      json.problem(key, "found '%s', expected one of %s".formatted(name, Activation.known()));
    }
    return known.orElse(Activation.SILU);
  }

  private SlidingWindow window(Family family, int layers) {
    boolean used =
        switch (family) {
          case MISTRAL -> json.has("sliding_window") || json.absent("sliding_window");
          case QWEN2, QWEN3 ->
              json.flag("use_sliding_window", false)
                  && (json.has("sliding_window") || json.absent("sliding_window"));
          default -> false;
        };
    boolean listed =
        family != Family.LLAMA && json.has("layer_types") && json.get("layer_types").isArray();
    Optional<Set<Integer>> windowed = listed ? windowed(layers) : Optional.empty();
    if (!used) {
      if (windowed.filter(some -> !some.isEmpty()).isPresent()) {
        json.problem(
            "layer_types",
            "names sliding_attention, while %s; expected a window, or full_attention alone"
                .formatted(
                    json.has("sliding_window") && family != Family.MISTRAL
                        ? "use_sliding_window is not true"
                        : "sliding_window is not set"));
      }
      return SlidingWindow.NONE;
    }
    int size = json.count("sliding_window", 4096);
    int first = family == Family.MISTRAL ? 0 : json.wholeNumber("max_window_layers", 0, 28);
    Set<Integer> counted =
        IntStream.range(Math.min(first, layers), layers).boxed().collect(Collectors.toSet());
    if (family == Family.MISTRAL && windowed.filter(some -> !some.equals(counted)).isPresent()) {
      json.problem(
          "layer_types",
          "names layers without a window, while sliding_window = %d is one for all layers of mistral; expected one of the two"
              .formatted(size));
    }
    return new SlidingWindow(size, windowed.orElse(counted));
  }

  /** The layers that {@code layer_types} gives a window; empty, and a problem, if it is no list. */
  private Optional<Set<Integer>> windowed(int layers) {
    JsonNode types = json.get("layer_types");
    if (types.size() != layers) {
      json.mismatch("layer_types", "one entry for each of " + layers + " layers");
      return Optional.empty();
    }
    for (JsonNode type : types) {
      if (!LAYER_TYPES.contains(type.asText())) {
        json.problem(
            "layer_types", "found '%s', expected one of %s".formatted(type.asText(), LAYER_TYPES));
        return Optional.empty();
      }
    }
    return Optional.of(
        IntStream.range(0, layers)
            .filter(layer -> types.path(layer).asText().equals(LAYER_TYPES.get(1)))
            .boxed()
            .collect(Collectors.toSet()));
  }
}

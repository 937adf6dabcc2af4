package org.continuo.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.continuo.checkpoints.CheckpointConfig.Biases;
import org.continuo.checkpoints.CheckpointConfig.Heads;
import org.continuo.checkpoints.CheckpointConfig.SlidingWindow;

/** Translates {@code config.json}; defaults are those of the original library. */
final class ConfigParser {
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
    int layers = json.count("num_hidden_layers");
    int count = json.count("num_attention_heads");
    int keyValue = json.count("num_key_value_heads", count);
    if (!json.has("head_dim")) {
      divides("num_attention_heads", count, "hidden_size", width);
    }
    int size = json.count("head_dim", Math.max(1, width / count));
    divides("num_key_value_heads", keyValue, "num_attention_heads", count);
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
        Optional.of(rope()),
        window(family, layers),
        0,
        0,
        json.flag("tie_word_embeddings", false));
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
        json.count("num_hidden_layers"),
        width,
        count,
        json.count("intermediate_size"),
        activation("hidden_act", "gelu"),
        json.positive("layer_norm_eps", 1e-12),
        offset,
        json.count("type_vocab_size", 2));
  }

  private CheckpointConfig distilbert() {
    int width = json.count("dim");
    int count = json.count("n_heads");
    divides("n_heads", count, "dim", width);
    return encoder(
        Family.DISTILBERT,
        json.count("n_layers"),
        width,
        count,
        json.count("hidden_dim"),
        activation("activation", "gelu"),
        1e-12,
        0,
        0);
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

  /** The newer spelling keeps all in {@code rope_parameters}, the older in two keys. */
  private Rope rope() {
    String key = json.has("rope_parameters") ? "rope_parameters" : "rope_scaling";
    JsonReader rope = json.object(key);
    double theta =
        rope.has("rope_theta") ? rope.positive("rope_theta") : json.positive("rope_theta", 10_000);
    for (JsonReader holder : new JsonReader[] {json, rope}) {
      double share = holder.positive("partial_rotary_factor", 1);
      if (share != 1) {
        holder.problem(
            "partial_rotary_factor", "found " + share + ", expected 1: all of a head turns");
      }
    }
    String typeKey = rope.has("rope_type") || !rope.has("type") ? "rope_type" : "type";
    String type = rope.text(typeKey, "default");
    return new Rope(
        theta,
        switch (type) {
          case "default" -> Rope.Scaling.NONE;
          case "linear" -> new Rope.Scaling.Linear(rope.positive("factor"));
          case "llama3" -> llama3(rope);
          default -> {
            rope.problem(
                typeKey, "found '" + type + "', expected one of [default, linear, llama3]");
            yield Rope.Scaling.NONE;
          }
        });
  }

  private static Rope.Scaling llama3(JsonReader rope) {
    double low = rope.positive("low_freq_factor");
    double high = rope.positive("high_freq_factor");
    if (rope.has("low_freq_factor") && high <= low) {
      rope.problem(
          "high_freq_factor", "found " + high + ", expected more than low_freq_factor = " + low);
    }
    return new Rope.Scaling.Llama3(
        rope.positive("factor"), low, high, rope.positive("original_max_position_embeddings"));
  }

  private SlidingWindow window(Family family, int layers) {
    boolean used =
        switch (family) {
          case MISTRAL -> json.has("sliding_window");
          case QWEN2, QWEN3 -> json.flag("use_sliding_window", false) && json.has("sliding_window");
          default -> false;
        };
    if (!used) {
      return SlidingWindow.NONE;
    }
    int size = json.count("sliding_window");
    JsonNode types = json.get("layer_types");
    if (types.isArray()) {
      if (types.size() != layers) {
        json.mismatch("layer_types", "one entry for each of " + layers + " layers");
      }
      return new SlidingWindow(
          size,
          IntStream.range(0, layers)
              .filter(layer -> types.path(layer).asText().equals("sliding_attention"))
              .boxed()
              .collect(Collectors.toSet()));
    }
    int first = family == Family.MISTRAL ? 0 : json.wholeNumber("max_window_layers", 0, layers);
    Set<Integer> windowed =
        IntStream.range(Math.min(first, layers), layers).boxed().collect(Collectors.toSet());
    return new SlidingWindow(size, windowed);
  }
}

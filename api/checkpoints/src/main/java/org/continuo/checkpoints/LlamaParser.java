package org.continuo.checkpoints;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.continuo.checkpoints.CheckpointConfig.Biases;
import org.continuo.checkpoints.CheckpointConfig.Embeddings;
import org.continuo.checkpoints.CheckpointConfig.FeedForward;
import org.continuo.checkpoints.CheckpointConfig.Head;
import org.continuo.checkpoints.CheckpointConfig.Heads;
import org.continuo.checkpoints.CheckpointConfig.Norms;
import org.continuo.checkpoints.CheckpointConfig.Rotary;
import org.continuo.checkpoints.CheckpointConfig.Scores;
import org.continuo.checkpoints.CheckpointConfig.SlidingWindow;

/** Llama and those that differ from it by a bias, a norm, a window or a rope. */
record LlamaParser(Family family, ModelKeys keys, JsonReader json) {
  LlamaParser(Family family, ModelKeys keys) {
    this(family, keys, keys.json());
  }

  CheckpointConfig parse() {
    int width = json.count("hidden_size");
    int layers = keys.layers("num_hidden_layers");
    Heads heads = heads(width);
    boolean attentionBias =
        (family == Family.LLAMA || family == Family.QWEN3) && json.flag("attention_bias", false);
    return new CheckpointConfig(
        family,
        keys.architecture(family),
        layers,
        width,
        json.count("vocab_size"),
        json.count("max_position_embeddings"),
        Embeddings.PLAIN,
        heads,
        Scores.over(heads),
        Optional.of(Rotary.of(rope(heads))),
        window(layers),
        new FeedForward(
            json.count("intermediate_size"), keys.activation("hidden_act", "silu"), true),
        new Norms(
            Norms.Kind.ROOT_MEAN_SQUARE,
            Norms.Place.BEFORE,
            json.positive("rms_norm_eps", family == Family.PHI3 ? 1e-5 : 1e-6),
            family == Family.QWEN3),
        new Biases(
            attentionBias || family == Family.QWEN2,
            attentionBias,
            family == Family.LLAMA && json.flag("mlp_bias", false)),
        Optional.of(new Head(json.flag("tie_word_embeddings", false), OptionalDouble.empty())),
        Pooling.LAST);
  }

  private Heads heads(int width) {
    int count = json.count("num_attention_heads");
    boolean sized = family == Family.QWEN3 && json.absent("head_dim");
    if (!json.has("head_dim") && !sized) {
      keys.divides("num_attention_heads", count, "hidden_size", width);
    }
    return keys.grouped(count, unsetKeyValueHeads(count), sized ? 128 : Math.max(1, width / count));
  }

  /** What the original library takes where the key is absent; null means one for each head. */
  private int unsetKeyValueHeads(int heads) {
    if (!json.absent("num_key_value_heads")) {
      return heads;
    }
    return switch (family) {
      case MISTRAL -> 8;
      case QWEN2, QWEN3 -> 32;
      default -> heads;
    };
  }

  private Rope rope(Heads heads) {
    return family == Family.PHI3
        ? new LongRopeParser(json, heads.size()).parse()
        : new RopeParser(json).parse();
  }

  private SlidingWindow window(int layers) {
    boolean used =
        switch (family) {
          case MISTRAL -> json.has("sliding_window") || json.absent("sliding_window");
          case PHI3 -> json.has("sliding_window");
          case QWEN2, QWEN3 ->
              json.flag("use_sliding_window", false)
                  && (json.has("sliding_window") || json.absent("sliding_window"));
          default -> false;
        };
    boolean listed =
        family != Family.LLAMA
            && family != Family.PHI3
            && json.has("layer_types")
            && json.get("layer_types").isArray();
    Optional<Set<Integer>> windowed = listed ? keys.windowed(layers) : Optional.empty();
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
    boolean all = family == Family.MISTRAL || family == Family.PHI3;
    int first = all ? 0 : json.wholeNumber("max_window_layers", 0, 28);
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
}

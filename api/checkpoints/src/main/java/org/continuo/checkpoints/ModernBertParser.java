package org.continuo.checkpoints;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.continuo.checkpoints.CheckpointConfig.Biases;
import org.continuo.checkpoints.CheckpointConfig.Embeddings;
import org.continuo.checkpoints.CheckpointConfig.FeedForward;
import org.continuo.checkpoints.CheckpointConfig.Heads;
import org.continuo.checkpoints.CheckpointConfig.Norms;
import org.continuo.checkpoints.CheckpointConfig.Scores;
import org.continuo.checkpoints.CheckpointConfig.SlidingWindow;

/** ModernBERT (Warner et al. 2024): an encoder with the parts of decoders. */
record ModernBertParser(ModelKeys keys, JsonReader json) {
  ModernBertParser(ModelKeys keys) {
    this(keys, keys.json());
  }

  CheckpointConfig parse() {
    int width = json.count("hidden_size");
    int layers = keys.layers("num_hidden_layers");
    Heads heads = keys.heads("num_attention_heads", "hidden_size", width);
    keys.pairs("num_attention_heads", heads);
    boolean attentionBias = json.flag("attention_bias", false);
    return new CheckpointConfig(
        Family.MODERNBERT,
        keys.architecture(Family.MODERNBERT),
        layers,
        width,
        json.count("vocab_size"),
        json.count("max_position_embeddings", 8192),
        new Embeddings(1, OptionalInt.empty(), 0, true),
        heads,
        Scores.over(heads),
        Optional.of(
            new RopeParser(json)
                .parse(
                    new RopeParser.Bases("global_rope_theta", 160_000, "local_rope_theta", 10_000),
                    RopeParser.Older.BOTH)),
        window(layers),
        new FeedForward(
            json.count("intermediate_size", 1152),
            keys.activation("hidden_activation", "gelu"),
            true),
        new Norms(
            json.flag("norm_bias", false) ? Norms.Kind.LAYER : Norms.Kind.LAYER_WITHOUT_SHIFT,
            Norms.Place.BEFORE,
            json.positive("norm_eps", 1e-5),
            false),
        new Biases(attentionBias, attentionBias, json.flag("mlp_bias", false)),
        Optional.empty(),
        pooling());
  }

  /** Half of {@code local_attention} to each side, besides the token itself. */
  private SlidingWindow window(int layers) {
    if (json.has("sliding_window")) {
      json.problem("sliding_window", "expected local_attention, the whole window, in its place");
    }
    int half = json.count("local_attention", 128) / 2;
    return new SlidingWindow(
        half + 1, keys.windowed(layers, json.count("global_attn_every_n_layers", 3), 0));
  }

  private Pooling pooling() {
    String name = json.text("classifier_pooling", "cls");
    if (!List.of("cls", "mean").contains(name)) {
      json.mismatch("classifier_pooling", "one of [cls, mean]");
    }
    return name.equals("mean") ? Pooling.MEAN : Pooling.FIRST;
  }
}

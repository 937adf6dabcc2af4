package org.continuo.checkpoints;

import java.util.Optional;
import java.util.OptionalInt;
import org.continuo.checkpoints.CheckpointConfig.Biases;
import org.continuo.checkpoints.CheckpointConfig.Embeddings;
import org.continuo.checkpoints.CheckpointConfig.FeedForward;
import org.continuo.checkpoints.CheckpointConfig.Heads;
import org.continuo.checkpoints.CheckpointConfig.Norms;
import org.continuo.checkpoints.CheckpointConfig.Scores;
import org.continuo.checkpoints.CheckpointConfig.SlidingWindow;

/** BERT and its kin: learned positions, norms after each part. */
record BertParser(Family family, ModelKeys keys, JsonReader json) {
  BertParser(Family family, ModelKeys keys) {
    this(family, keys, keys.json());
  }

  CheckpointConfig parse() {
    return family == Family.DISTILBERT ? distilbert() : bert();
  }

  private CheckpointConfig bert() {
    int width = json.count("hidden_size");
    Heads heads = keys.heads("num_attention_heads", "hidden_size", width);
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
        keys.layers("num_hidden_layers"),
        width,
        heads,
        new FeedForward(
            json.count("intermediate_size"), keys.activation("hidden_act", "gelu"), false),
        json.positive("layer_norm_eps", 1e-12),
        new Embeddings(1, OptionalInt.of(offset), json.count("type_vocab_size", 2), true));
  }

  private CheckpointConfig distilbert() {
    String size = keys.spelled("dim", "hidden_size");
    int width = json.count(size);
    return encoder(
        keys.layers(keys.spelled("n_layers", "num_hidden_layers")),
        width,
        keys.heads(keys.spelled("n_heads", "num_attention_heads"), size, width),
        new FeedForward(json.count("hidden_dim"), keys.activation("activation", "gelu"), false),
        1e-12,
        new Embeddings(1, OptionalInt.of(0), 0, true));
  }

  private CheckpointConfig encoder(
      int layers,
      int width,
      Heads heads,
      FeedForward feedForward,
      double epsilon,
      Embeddings embeddings) {
    int positions = json.count("max_position_embeddings");
    int offset = embeddings.positionOffset().orElse(0);
    if (positions <= offset) {
      json.problem(
          "max_position_embeddings",
          "found %d, expected more than %d: positions start after the padding id"
              .formatted(positions, offset));
    }
    return new CheckpointConfig(
        family,
        keys.architecture(family),
        layers,
        width,
        json.count("vocab_size"),
        positions - offset,
        embeddings,
        heads,
        Scores.over(heads),
        Optional.empty(),
        SlidingWindow.NONE,
        feedForward,
        new Norms(Norms.Kind.LAYER, Norms.Place.AFTER, epsilon, false),
        new Biases(true, true, true),
        Optional.empty(),
        Pooling.FIRST);
  }
}

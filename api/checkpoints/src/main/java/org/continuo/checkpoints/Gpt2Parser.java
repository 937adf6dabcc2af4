package org.continuo.checkpoints;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.continuo.checkpoints.CheckpointConfig.Biases;
import org.continuo.checkpoints.CheckpointConfig.Embeddings;
import org.continuo.checkpoints.CheckpointConfig.FeedForward;
import org.continuo.checkpoints.CheckpointConfig.Head;
import org.continuo.checkpoints.CheckpointConfig.Heads;
import org.continuo.checkpoints.CheckpointConfig.Norms;
import org.continuo.checkpoints.CheckpointConfig.Scores;
import org.continuo.checkpoints.CheckpointConfig.SlidingWindow;

/** GPT-2, by its own names of sizes or by those of the others. */
record Gpt2Parser(ModelKeys keys, JsonReader json) {
  Gpt2Parser(ModelKeys keys) {
    this(keys, keys.json());
  }

  CheckpointConfig parse() {
    String size = keys.spelled("n_embd", "hidden_size");
    int width = json.count(size);
    Heads heads = keys.heads(keys.spelled("n_head", "num_attention_heads"), size, width);
    keys.expect("add_cross_attention", false, "layers that read an encoder are not known");
    // reorder_and_upcast_attn changes nothing where all is computed in float32
    boolean scaled = json.flag("scale_attn_weights", true);
    return new CheckpointConfig(
        Family.GPT2,
        keys.architecture(Family.GPT2),
        keys.layers(keys.spelled("n_layer", "num_hidden_layers")),
        width,
        json.count("vocab_size"),
        json.count(keys.spelled("n_positions", "max_position_embeddings")),
        new Embeddings(1, OptionalInt.of(0), 0, false),
        heads,
        new Scores(
            scaled ? Scores.over(heads).scale() : 1,
            json.flag("scale_attn_by_inverse_layer_idx", false),
            OptionalDouble.empty()),
        Optional.empty(),
        SlidingWindow.NONE,
        new FeedForward(
            json.count("n_inner", 4 * Math.min(width, Integer.MAX_VALUE / 4)),
            keys.activation("activation_function", "gelu_new"),
            false),
        new Norms(
            Norms.Kind.LAYER, Norms.Place.BEFORE, json.positive("layer_norm_epsilon", 1e-5), false),
        new Biases(true, true, true),
        Optional.of(new Head(json.flag("tie_word_embeddings", true), OptionalDouble.empty())),
        Pooling.LAST);
  }
}

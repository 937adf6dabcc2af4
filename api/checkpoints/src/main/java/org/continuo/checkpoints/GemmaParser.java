package org.continuo.checkpoints;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.continuo.checkpoints.CheckpointConfig.Biases;
import org.continuo.checkpoints.CheckpointConfig.Embeddings;
import org.continuo.checkpoints.CheckpointConfig.FeedForward;
import org.continuo.checkpoints.CheckpointConfig.Head;
import org.continuo.checkpoints.CheckpointConfig.Norms;
import org.continuo.checkpoints.CheckpointConfig.Rotary;
import org.continuo.checkpoints.CheckpointConfig.Scores;
import org.continuo.checkpoints.CheckpointConfig.SlidingWindow;

/** Gemma 2 and the language part of Gemma 3. */
record GemmaParser(Family family, String architecture, ModelKeys keys, JsonReader json) {
  /**
   * Models that read images too keep the language part in an object of its own, of which published
   * ones leave out what is as the original library has it.
   */
  GemmaParser(Family family, ModelKeys whole) {
    this(family, whole.architecture(family), part(whole), part(whole).json());
  }

  private static ModelKeys part(ModelKeys whole) {
    return whole.json().text("model_type", "").equals("gemma3")
        ? new ModelKeys(whole.json().object("text_config"))
        : whole;
  }

  CheckpointConfig parse() {
    int width = json.count("hidden_size", 2304);
    int layers = keys.layers("num_hidden_layers", 26);
    keys.expect(
        "use_bidirectional_attention", false, "a decoder's tokens see none that come after them");
    boolean second = family == Family.GEMMA2;
    boolean bias = json.flag("attention_bias", false);
    return new CheckpointConfig(
        family,
        architecture,
        layers,
        width,
        json.count("vocab_size", second ? 256_000 : 262_208),
        json.count("max_position_embeddings", second ? 8192 : 131_072),
        new Embeddings(Math.sqrt(width), OptionalInt.empty(), 0, false),
        keys.grouped(json.count("num_attention_heads", 8), 4, 256),
        new Scores(
            1 / Math.sqrt(json.positive("query_pre_attn_scalar", 256)),
            false,
            second ? keys.cap("attn_logit_softcapping", OptionalDouble.of(50)) : ignoredCap()),
        Optional.of(second ? Rotary.of(new RopeParser(json).parse()) : rotary()),
        window(layers),
        new FeedForward(
            json.count("intermediate_size", 9216),
            keys.activation("hidden_activation", "gelu_pytorch_tanh"),
            true),
        new Norms(
            Norms.Kind.ROOT_MEAN_SQUARE_FROM_ONE,
            Norms.Place.AROUND,
            json.positive("rms_norm_eps", 1e-6),
            !second),
        new Biases(bias, bias, false),
        Optional.of(
            new Head(
                json.flag("tie_word_embeddings", true),
                keys.cap(
                    "final_logit_softcapping",
                    second ? OptionalDouble.of(30) : OptionalDouble.empty()))),
        Pooling.LAST);
  }

  /** The original library takes the setting and leaves the scores of Gemma 3 as they are. */
  private static OptionalDouble ignoredCap() {
    return OptionalDouble.empty();
  }

  private Rotary rotary() {
    return new RopeParser(json)
        .parse(
            new RopeParser.Bases("rope_theta", 1_000_000, "rope_local_base_freq", 10_000),
            RopeParser.Older.FULL);
  }

  private SlidingWindow window(int layers) {
    int period = family == Family.GEMMA2 ? 2 : json.count("sliding_window_pattern", 6);
    Set<Integer> windowed = keys.windowed(layers, period, period - 1);
    if (!windowed.isEmpty() && !json.absent("sliding_window") && !json.has("sliding_window")) {
      json.problem(
          "sliding_window",
          "found null, while layers %s have one; expected its size".formatted(windowed));
    }
    return new SlidingWindow(json.count("sliding_window", 4096), windowed);
  }
}

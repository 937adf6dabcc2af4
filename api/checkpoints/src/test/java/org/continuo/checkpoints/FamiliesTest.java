package org.continuo.checkpoints;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.continuo.api.data.DataException;
import org.continuo.checkpoints.CheckpointConfig.Biases;
import org.continuo.checkpoints.CheckpointConfig.Embeddings;
import org.continuo.checkpoints.CheckpointConfig.FeedForward;
import org.continuo.checkpoints.CheckpointConfig.Head;
import org.continuo.checkpoints.CheckpointConfig.Heads;
import org.continuo.checkpoints.CheckpointConfig.Norms;
import org.continuo.checkpoints.CheckpointConfig.Rotary;
import org.continuo.checkpoints.CheckpointConfig.Scores;
import org.continuo.checkpoints.CheckpointConfig.SlidingWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options of single families, with their defaults, and what of them is refused. */
class FamiliesTest {
  @TempDir private Path folder;

  private CheckpointConfig read(Family family, Consumer<ObjectNode> change) {
    return Configs.read(family, folder, change);
  }

  private void refused(Family family, String expected, Consumer<ObjectNode> change) {
    DataException e = assertThrows(DataException.class, () -> read(family, change));
    assertEquals(folder.resolve("config.json") + ": key '" + expected, e.getMessage());
  }

  @Test
  void gpt2() {
    CheckpointConfig usual = read(Family.GPT2, json -> json.remove("n_inner"));
    assertEquals(new Embeddings(1, OptionalInt.of(0), 0, false), usual.embeddings());
    assertEquals(new FeedForward(256, Activation.GELU_TANH, false), usual.feedForward());
    assertEquals(new Norms(Norms.Kind.LAYER, Norms.Place.BEFORE, 1e-5, false), usual.norms());
    assertEquals(new Biases(true, true, true), usual.biases());
    assertEquals(Optional.of(new Head(true, OptionalDouble.empty())), usual.head());
    assertEquals(Optional.empty(), usual.rope(0));
    assertEquals(1 / Math.sqrt(8), usual.scores().scale(2), 1e-12);

    CheckpointConfig other =
        read(
            Family.GPT2,
            json -> {
              json.put("scale_attn_weights", false).put("scale_attn_by_inverse_layer_idx", true);
              json.put("tie_word_embeddings", false).put("reorder_and_upcast_attn", true);
              json.put("n_positions", 256).put("activation_function", "relu");
            });
    assertEquals(1.0 / 3, other.scores().scale(2), 1e-12);
    assertFalse(other.tied());
    assertEquals(new FeedForward(160, Activation.RELU, false), other.feedForward());
    refused(
        Family.GPT2,
        "add_cross_attention': found true, expected false: layers that read an encoder are not known",
        json -> json.put("add_cross_attention", true));
    refused(
        Family.GPT2,
        "n_embd': found 64, and 32 in 'hidden_size'; they mean the same: leave one of them",
        json -> json.put("hidden_size", 32));
  }

  @Test
  void phi3() {
    CheckpointConfig usual =
        read(Family.PHI3, json -> json.put("rope_theta", 7).put("partial_rotary_factor", 0.75));
    assertEquals(Optional.of(new Rope(7, 0.75, Rope.Scaling.NONE)), usual.rope(0));
    assertEquals(12, usual.rope(0).orElseThrow().turned(16));
    assertEquals(SlidingWindow.NONE, usual.window());
    assertEquals(
        new SlidingWindow(9, Set.of(0, 1, 2)),
        read(Family.PHI3, json -> json.put("sliding_window", 9)).window());
    refused(
        Family.PHI3,
        "rope_scaling.type': found 'linear', expected one of [default, longrope]",
        json -> json.putObject("rope_scaling").put("type", "linear").put("factor", 2));
    refused(
        Family.PHI3,
        "rope_parameters.partial_rotary_factor': found 0.2, which lets 3 of the 16 elements of a head turn; expected an even number of them",
        json -> newer(json).put("rope_type", "default").put("partial_rotary_factor", 0.2));
  }

  private static ObjectNode newer(ObjectNode json) {
    json.remove("rope_theta");
    return json.putObject("rope_parameters").put("rope_theta", 10_000);
  }

  private static ObjectNode long4(ObjectNode rope) {
    rope.putArray("short_factor").add(1).add(1);
    rope.putArray("long_factor").add(2).add(8);
    return rope.put("partial_rotary_factor", 0.25);
  }

  @Test
  void positionsBeyondTheFirstTrainingTurnByOtherDivisors() {
    CheckpointConfig config =
        read(
            Family.PHI3,
            json -> {
              json.put("original_max_position_embeddings", 64).remove("rope_theta");
              long4(newer(json).put("rope_type", "longrope"));
            });
    Rope rope = config.rope(0).orElseThrow();
    // 256 of 64 tokens: sqrt(1 + log 4 / log 64)
    double magnitude = Math.sqrt(4.0 / 3);
    assertEquals(magnitude, rope.at(() -> 64).scaling().magnitude(), 1e-12);
    assertArrayEquals(new float[] {1, 0.01f}, rope.at(() -> 64).frequencies(16), 1e-9f);
    assertArrayEquals(new float[] {0.5f, 0.01f / 8}, rope.at(() -> 65).frequencies(16), 1e-9f);
    assertEquals(rope.at(() -> 65), rope.at(() -> 200));

    CheckpointConfig older =
        read(
            Family.PHI3,
            json -> {
              json.put("original_max_position_embeddings", 64).put("rope_theta", 10_000);
              long4(json.putObject("rope_scaling").put("type", "su"));
            });
    assertEquals(config.rope(0), older.rope(0));
    CheckpointConfig said =
        read(
            Family.PHI3,
            json -> {
              json.put("original_max_position_embeddings", 64);
              long4(newer(json).put("rope_type", "longrope").put("factor", 1));
            });
    assertEquals(1, said.rope(0).orElseThrow().scaling().magnitude());
    refused(
        Family.PHI3,
        "rope_parameters.long_factor': found 1 entries, expected a list of 2 numbers above 0, one for each pair of a head that turns",
        json -> long4(newer(json).put("rope_type", "longrope")).putArray("long_factor").add(2));
    refused(
        Family.PHI3,
        "rope_parameters.original_max_position_embeddings': found 64, and 4096 beside it where the key is not set; the original library reads the latter: leave one of them there",
        json ->
            long4(newer(json).put("rope_type", "longrope"))
                .put("original_max_position_embeddings", 64));
  }

  @Test
  void gemma2() {
    CheckpointConfig usual =
        read(
            Family.GEMMA2,
            json -> {
              json.remove(List.of("head_dim", "num_key_value_heads", "sliding_window"));
              json.remove("query_pre_attn_scalar");
            });
    assertEquals(new Heads(8, 4, 256), usual.heads());
    assertEquals(new Scores(1.0 / 16, false, OptionalDouble.of(50)), usual.scores());
    assertEquals(Optional.of(new Head(true, OptionalDouble.of(30))), usual.head());
    assertEquals(new SlidingWindow(4096, Set.of(0, 2)), usual.window());
    assertEquals(8, usual.embeddings().scale());
    assertEquals(
        new Norms(Norms.Kind.ROOT_MEAN_SQUARE_FROM_ONE, Norms.Place.AROUND, 1e-6, false),
        usual.norms());
    CheckpointConfig other =
        read(
            Family.GEMMA2,
            json -> {
              json.putNull("attn_logit_softcapping").put("final_logit_softcapping", 2.5);
              json.put("attention_bias", true);
              json.putArray("layer_types")
                  .add("full_attention")
                  .add("full_attention")
                  .add("sliding_attention");
            });
    assertEquals(OptionalDouble.empty(), other.scores().cap());
    assertEquals(OptionalDouble.of(2.5), other.head().orElseThrow().cap());
    assertEquals(new SlidingWindow(8, Set.of(2)), other.window());
    assertEquals(new Biases(true, true, false), other.biases());
    refused(
        Family.GEMMA2,
        "sliding_window': found null, while layers [0, 2] have one; expected its size",
        json -> json.putNull("sliding_window"));
    refused(
        Family.GEMMA2,
        "use_bidirectional_attention': found true, expected false: a decoder's tokens see none that come after them",
        json -> json.put("use_bidirectional_attention", true));
  }

  @Test
  void gemma3TurnsByTwoBases() {
    CheckpointConfig older =
        read(
            Family.GEMMA3,
            json -> {
              json.put("rope_theta", 20_000).put("rope_local_base_freq", 700);
              json.put("sliding_window_pattern", 2).put("attn_logit_softcapping", 50);
              json.putObject("rope_scaling").put("rope_type", "linear").put("factor", 8);
            });
    Rope local = new Rope(700, Rope.Scaling.NONE);
    Rope global = new Rope(20_000, new Rope.Scaling.Linear(8));
    assertEquals(Optional.of(local), older.rope(0));
    assertEquals(Optional.of(global), older.rope(1));
    assertEquals(OptionalDouble.empty(), older.scores().cap(), "as the original library");
    assertEquals(OptionalDouble.empty(), older.head().orElseThrow().cap());
    CheckpointConfig newer =
        read(
            Family.GEMMA3,
            json -> {
              ObjectNode kinds = json.putObject("rope_parameters");
              kinds.putObject("sliding_attention").put("rope_theta", 700);
              kinds
                  .putObject("full_attention")
                  .put("rope_type", "linear")
                  .put("factor", 8)
                  .put("rope_theta", 20_000);
            });
    assertEquals(Optional.of(new Rotary(global, local)), newer.rotary());
    assertEquals(Set.of(0, 1, 2), newer.window().layers());
    assertEquals(
        Optional.of(
            new Rotary(
                new Rope(1_000_000, Rope.Scaling.NONE), new Rope(10_000, Rope.Scaling.NONE))),
        read(Family.GEMMA3, json -> {}).rotary());
    refused(
        Family.GEMMA3,
        "rope_scaling.type': found \"linear\", expected it as 'rope_type'",
        json -> json.putObject("rope_scaling").put("type", "linear").put("factor", 8));
    refused(
        Family.GEMMA3,
        "rope_parameters.rope_theta': found a setting for all layers, expected an object for each of [full_attention, sliding_attention]",
        json -> json.putObject("rope_parameters").put("rope_theta", 5));
  }

  @Test
  void theLanguagePartOfAModelThatReadsImages() {
    CheckpointConfig config =
        read(
            Family.GEMMA3,
            json -> {
              ObjectNode part = json.deepCopy();
              json.removeAll();
              json.put("model_type", "gemma3").set("text_config", part.put("hidden_size", 32));
            });
    assertEquals(Family.GEMMA3, config.family());
    assertEquals(32, config.width());
    refused(
        Family.GEMMA3,
        "text_config.vocab_size': found 0, expected a whole number of at least 1",
        json -> {
          ObjectNode part = json.deepCopy();
          json.put("model_type", "gemma3").set("text_config", part.put("vocab_size", 0));
        });
  }

  @Test
  void modernBert() {
    CheckpointConfig usual = read(Family.MODERNBERT, json -> json.remove("local_attention"));
    assertEquals(new SlidingWindow(65, Set.of(1, 2)), usual.window());
    assertEquals(new Embeddings(1, OptionalInt.empty(), 0, true), usual.embeddings());
    assertEquals(new Biases(false, false, false), usual.biases());
    assertEquals(Norms.Kind.LAYER_WITHOUT_SHIFT, usual.norms().kind());
    assertEquals(Pooling.FIRST, usual.pooling());
    assertEquals(Optional.empty(), usual.head());
    assertEquals(160_000, usual.rope(0).orElseThrow().theta());
    assertEquals(10_000, usual.rope(1).orElseThrow().theta());
    CheckpointConfig other =
        read(
            Family.MODERNBERT,
            json -> {
              json.put("global_attn_every_n_layers", 2).put("local_attention", 7);
              json.put("global_rope_theta", 5).put("local_rope_theta", 3);
              json.put("attention_bias", true).put("mlp_bias", true).put("norm_bias", true);
              json.put("classifier_pooling", "mean");
              json.putObject("rope_scaling").put("rope_type", "linear").put("factor", 2);
            });
    assertEquals(new SlidingWindow(4, Set.of(1)), other.window());
    Rope.Scaling half = new Rope.Scaling.Linear(2);
    assertEquals(Optional.of(new Rotary(new Rope(5, half), new Rope(3, half))), other.rotary());
    assertEquals(new Biases(true, true, true), other.biases());
    assertEquals(Norms.Kind.LAYER, other.norms().kind());
    assertEquals(Pooling.MEAN, other.pooling());
    refused(
        Family.MODERNBERT,
        "classifier_pooling': found \"max\", expected one of [cls, mean]",
        json -> json.put("classifier_pooling", "max"));
    refused(
        Family.MODERNBERT,
        "rope_parameters.full_attention.rope_type': found 'yarn', expected one of [default, linear, llama3]",
        json ->
            json.putObject("rope_parameters").putObject("full_attention").put("rope_type", "yarn"));
  }
}

package org.continuo.checkpoints;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
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

class CheckpointConfigTest {
  @TempDir private Path folder;

  @Test
  void mistral() {
    CheckpointConfig config =
        read(
            Family.MISTRAL,
            json -> {
              json.putArray("architectures").add("MistralForCausalLM");
              json.putNull("sliding_window");
            });
    assertEquals(
        new CheckpointConfig(
            Family.MISTRAL,
            "MistralForCausalLM",
            3,
            64,
            512,
            256,
            Embeddings.PLAIN,
            new Heads(8, 2, 16),
            new Scores(0.25, false, OptionalDouble.empty()),
            Optional.of(Rotary.of(new Rope(10_000, Rope.Scaling.NONE))),
            SlidingWindow.NONE,
            new FeedForward(160, Activation.SILU, true),
            new Norms(Norms.Kind.ROOT_MEAN_SQUARE, Norms.Place.BEFORE, 1e-6, false),
            new Biases(false, false, false),
            Optional.of(new Head(false, OptionalDouble.empty())),
            Pooling.LAST),
        config);
  }

  @Test
  void headSizeIsWidthOverHeadsUnlessGiven() {
    assertEquals(new Heads(8, 2, 8), read(Family.QWEN2, json -> json.remove("head_dim")).heads());
  }

  @Test
  void olderLlamaHasAsManyKeyValueHeadsAsHeads() {
    CheckpointConfig config =
        read(
            Family.LLAMA,
            json -> {
              json.remove("num_key_value_heads");
              json.remove("tie_word_embeddings");
              json.remove("rope_theta");
            });
    assertEquals(8, config.heads().keyValue());
    assertEquals(10_000, config.rope(0).orElseThrow().theta());
    assertEquals(false, config.tied());
  }

  @Test
  void windowsOfMistralCoverAllLayers() {
    SlidingWindow window = read(Family.MISTRAL, json -> json.put("sliding_window", 9)).window();
    assertEquals(new SlidingWindow(9, Set.of(0, 1, 2)), window);
    assertEquals(9, window.at(2));
  }

  @Test
  void windowsOfQwenStartAtALayerAndCanBeOff() {
    Consumer<ObjectNode> older =
        json -> {
          json.put("sliding_window", 9).put("max_window_layers", 2);
        };
    assertEquals(SlidingWindow.NONE, read(Family.QWEN2, older).window());
  }

  @Test
  void windowsOfQwenStartAtALayer() {
    CheckpointConfig config =
        read(
            Family.QWEN2,
            json -> {
              json.put("sliding_window", 9).put("max_window_layers", 2);
              json.put("use_sliding_window", true);
            });
    assertEquals(new SlidingWindow(9, Set.of(2)), config.window());
    assertEquals(Integer.MAX_VALUE, config.window().at(1));
  }

  @Test
  void windowsOfNewerQwenAreListedByLayer() {
    CheckpointConfig config =
        read(
            Family.QWEN3,
            json -> {
              json.put("sliding_window", 9).put("use_sliding_window", true);
              json.putArray("layer_types")
                  .add("full_attention")
                  .add("sliding_attention")
                  .add("full_attention");
            });
    assertEquals(new SlidingWindow(9, Set.of(1)), config.window());
  }

  @Test
  void scalingOfRotaryFrequencies() {
    Rope linear =
        read(
                Family.LLAMA,
                json -> json.putObject("rope_scaling").put("type", "linear").put("factor", 4))
            .rope(0)
            .orElseThrow();
    assertEquals(new Rope(10_000, new Rope.Scaling.Linear(4)), linear);
    assertArrayEquals(new float[] {0.25f, 0.25f / 100}, linear.frequencies(4), 1e-9f);

    // By hand for theta 10000, head size 4: frequencies 1 and 0.01, wavelengths 6.28 and 628.
    Rope slow = new Rope(10_000, new Rope.Scaling.Llama3(8, 1, 4, 64));
    assertArrayEquals(new float[] {1, 0.01f / 8}, slow.frequencies(4), 1e-7f);
    // 256 / 628.3 = 0.4074 turns: a third of the way from 0.2 to 0.82231.
    Rope between = new Rope(10_000, new Rope.Scaling.Llama3(8, 0.2, 0.82231, 256));
    assertArrayEquals(
        new float[] {1, 0.01f / 3 + 0.01f / 8 * 2 / 3}, between.frequencies(4), 1e-7f);
  }

  private CheckpointConfig read(Family family, Consumer<ObjectNode> change) {
    return Configs.read(family, folder, change);
  }
}

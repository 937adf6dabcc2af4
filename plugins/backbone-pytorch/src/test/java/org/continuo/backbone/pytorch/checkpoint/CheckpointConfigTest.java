package org.continuo.backbone.pytorch.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import org.continuo.backbone.pytorch.Fixtures;
import org.continuo.backbone.pytorch.checkpoint.CheckpointConfig.Biases;
import org.continuo.backbone.pytorch.checkpoint.CheckpointConfig.Heads;
import org.continuo.backbone.pytorch.checkpoint.CheckpointConfig.SlidingWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointConfigTest {
  @TempDir private Path folder;

  @Test
  void mistral() {
    CheckpointConfig config = read("mistral", json -> {});
    assertEquals(
        new CheckpointConfig(
            Family.MISTRAL,
            "MistralForCausalLM",
            3,
            64,
            160,
            512,
            256,
            new Heads(8, 2, 16),
            Activation.SILU,
            1e-6,
            new Biases(false, false, false),
            false,
            Optional.of(new Rope(10_000, Rope.Scaling.NONE)),
            SlidingWindow.NONE,
            0,
            0,
            false),
        config);
  }

  @Test
  void headSizeIsWidthOverHeadsUnlessGiven() {
    assertEquals(new Heads(8, 4, 8), read("qwen2", json -> {}).heads());
  }

  @Test
  void olderLlamaHasAsManyKeyValueHeadsAsHeads() {
    CheckpointConfig config =
        read(
            "llama-tied",
            json -> {
              json.remove("num_key_value_heads");
              json.remove("tie_word_embeddings");
              json.remove("rope_theta");
            });
    assertEquals(8, config.heads().keyValue());
    assertEquals(10_000, config.rope().orElseThrow().theta());
    assertEquals(false, config.tied());
  }

  @Test
  void windowsOfMistralCoverAllLayers() {
    SlidingWindow window = read("mistral", json -> json.put("sliding_window", 9)).window();
    assertEquals(new SlidingWindow(9, Set.of(0, 1, 2)), window);
    assertEquals(9, window.at(2));
  }

  @Test
  void windowsOfQwenStartAtALayerAndCanBeOff() {
    Consumer<ObjectNode> older =
        json -> {
          json.remove("layer_types");
          json.put("sliding_window", 9).put("max_window_layers", 2);
        };
    assertEquals(SlidingWindow.NONE, read("qwen2", older).window());
  }

  @Test
  void windowsOfQwenStartAtALayer() {
    CheckpointConfig config =
        read(
            "qwen2",
            json -> {
              json.remove("layer_types");
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
            "qwen3",
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
                "llama-tied",
                json -> json.putObject("rope_scaling").put("type", "linear").put("factor", 4))
            .rope()
            .orElseThrow();
    assertEquals(new Rope(500_000, new Rope.Scaling.Linear(4)), linear);
    assertArrayEquals(new float[] {0.25f, 0.25f / 707.1068f}, linear.frequencies(4), 1e-9f);

    // By hand for theta 10000, head size 4: frequencies 1 and 0.01, wavelengths 6.28 and 628.
    Rope slow = new Rope(10_000, new Rope.Scaling.Llama3(8, 1, 4, 64));
    assertArrayEquals(new float[] {1, 0.01f / 8}, slow.frequencies(4), 1e-7f);
    // 256 / 628.3 = 0.4074 turns: a third of the way from 0.2 to 0.82231.
    Rope between = new Rope(10_000, new Rope.Scaling.Llama3(8, 0.2, 0.82231, 256));
    assertArrayEquals(
        new float[] {1, 0.01f / 3 + 0.01f / 8 * 2 / 3}, between.frequencies(4), 1e-7f);
  }

  @Test
  void activationsAreTheFunctionsTheirNamesMean() {
    double[] points = {-4, -1.5, -0.3, 0, 0.2, 1, 3.7};
    check(Activation.SILU, "swish", points, x -> x / (1 + Math.exp(-x)));
    check(Activation.QUICK_GELU, "quick_gelu", points, x -> x / (1 + Math.exp(-1.702 * x)));
    check(Activation.RELU, "relu", points, x -> Math.max(0, x));
    check(
        Activation.GELU_TANH,
        "gelu_pytorch_tanh",
        points,
        x -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))));
    // The exact form at points where tables give the normal distribution.
    check(Activation.GELU, "gelu", new double[] {1}, x -> 0.8413447);
    check(Activation.GELU, "gelu", new double[] {-2}, x -> -2 * 0.0227501);
  }

  private static void check(
      Activation activation, String name, double[] points, DoubleUnaryOperator expected) {
    assertEquals(Optional.of(activation), Activation.named(name));
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      for (double point : points) {
        float found = activation.apply(manager.create(new float[] {(float) point})).getFloat(0);
        assertEquals(expected.applyAsDouble(point), found, 2e-6, activation + " at " + point);
      }
    }
  }

  private CheckpointConfig read(String fixture, Consumer<ObjectNode> change) {
    Problems problems = new Problems();
    Path copy = Fixtures.copy(fixture, folder, change);
    CheckpointConfig config =
        CheckpointConfig.read(new CheckpointFolder("test", copy), problems).orElseThrow();
    problems.check();
    return config;
  }
}

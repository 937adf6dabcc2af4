package org.continuo.backbone.pytorch.scratch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.continuo.api.data.Batch;
import org.continuo.api.data.DataException;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.api.data.Template;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Request;
import org.continuo.api.model.Tokenizer;
import org.continuo.api.model.Wiring;
import org.continuo.backbone.pytorch.Fixtures;
import org.continuo.backbone.pytorch.ParameterStore;
import org.continuo.backbone.pytorch.safetensors.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PytorchScratchPluginTest {
  private static final PytorchScratchPlugin PLUGIN = new PytorchScratchPlugin();

  @TempDir Path home;

  /** A stream of short sentences about whole numbers. */
  private static TaskStream.Factory numbers() {
    return seed ->
        new TaskStream() {
          @Override
          public List<Task> tasks() {
            return List.of(new Task("text", 0, Template.PLAIN, List.of()));
          }

          @Override
          public List<Example> examples(Task task, Split split) {
            List<Example> examples = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
              String text = "The number " + (seed + i) + " comes after " + (seed + i - 1) + ".";
              examples.add(new Example("text/" + split + "/" + i, "text", "", text));
            }
            return examples;
          }
        };
  }

  private PytorchScratchPlugin.Options options(int heads, int keyValueHeads, boolean tied) {
    return new PytorchScratchPlugin.Options(
        home.resolve("fresh"),
        List.of(numbers()),
        Optional.empty(),
        300,
        32,
        2,
        heads,
        keyValueHeads,
        48,
        64,
        tied,
        7);
  }

  private static Backbone load(PytorchScratchPlugin.Options options, ParameterStore store) {
    assertEquals(List.of(), PLUGIN.conflicts(options));
    return PLUGIN.create(options).load(store);
  }

  @Test
  void theFreshCheckpointIsLoadedAndAnswers() {
    try (ParameterStore store = new ParameterStore()) {
      Backbone backbone = load(options(4, 2, true), store);
      assertEquals(300, backbone.description().vocabulary());
      assertEquals(32, backbone.description().width());
      assertEquals(64, backbone.description().maximumLength());
      Tokenizer tokenizer = backbone.tokenizer();
      assertEquals(0, tokenizer.paddingId());
      assertEquals(List.of(2L), tokenizer.endIds());
      long[] ids = tokenizer.encode("The number 8 comes after 7.");
      assertEquals(1, ids[0]);
      assertEquals("The number 8 comes after 7.", tokenizer.decode(ids));
      Batch batch = Fixtures.batch(List.of(ids), store.manager());
      NDArray hidden =
          backbone.prepare(Request.of(Wiring.NONE)).forward(batch).hidden().orElseThrow();
      NDArray logits = backbone.languageModel().orElseThrow().logits(hidden);
      assertArrayEquals(new long[] {1, 300}, logits.getShape().getShape());
      double loss = logits.logSoftmax(1).mean().neg().getFloat();
      assertEquals(Math.log(300), loss, 0.2, "a model that knows nothing is near uniform");
    }
  }

  @Test
  void weightsAreDrawnAsTold() {
    FreshCheckpoint.write(options(4, 2, false));
    SafetensorsFile file = SafetensorsFile.open(home.resolve("fresh/model.safetensors"));
    try (ParameterStore store = new ParameterStore()) {
      assertEquals(0.02, deviation(file, store, "model.embed_tokens.weight"), 0.001);
      assertEquals(0.02, deviation(file, store, "lm_head.weight"), 0.001);
      assertEquals(0.01, deviation(file, store, "model.layers.1.self_attn.o_proj.weight"), 0.001);
      assertEquals(0.01, deviation(file, store, "model.layers.0.mlp.down_proj.weight"), 0.001);
      NDArray norm = file.load("model.norm.weight", store.manager());
      assertTrue(norm.eq(1f).all().getBoolean());
      NDArray keys = file.load("model.layers.0.self_attn.k_proj.weight", store.manager());
      assertArrayEquals(new long[] {16, 32}, keys.getShape().getShape());
      NDArray values = file.load("model.layers.0.self_attn.v_proj.weight", store.manager());
      assertFalse(keys.allClose(values, 1e-3, 1e-3, false));
    }
  }

  private static double deviation(SafetensorsFile file, ParameterStore store, String name) {
    NDArray array = file.load(name, store.manager());
    assertEquals(0, array.mean().getFloat(), 0.002, name);
    return Math.sqrt(array.square().mean().getFloat());
  }

  @Test
  void writingAgainChangesNothingAndAnotherSeedIsRefused() throws IOException {
    FreshCheckpoint.write(options(4, 4, true));
    Path weights = home.resolve("fresh/model.safetensors");
    byte[] first = Files.readAllBytes(weights);
    FreshCheckpoint.write(options(4, 4, true));
    assertArrayEquals(first, Files.readAllBytes(weights));
    DataException refused =
        assertThrows(DataException.class, () -> FreshCheckpoint.write(options(2, 2, true)));
    assertTrue(
        refused
            .problems()
            .contains(
                home.resolve("fresh").resolve("config.json").toAbsolutePath()
                    + ": found another file than these options give, expected the same or none;"
                    + " choose another folder, or delete this one to start afresh"),
        refused.getMessage());
    assertArrayEquals(first, Files.readAllBytes(weights));
    try (Stream<Path> left = Files.list(home)) {
      assertEquals(List.of(home.resolve("fresh")), left.toList());
    }
  }

  @Test
  void aTokenizerIsTakenOver() throws IOException {
    FreshCheckpoint.write(options(4, 4, true));
    Path tokenizer = home.resolve("fresh/tokenizer.json");
    PytorchScratchPlugin.Options trained = options(4, 4, true);
    PytorchScratchPlugin.Options taken =
        new PytorchScratchPlugin.Options(
            home.resolve("second"),
            List.of(),
            Optional.of(tokenizer),
            trained.vocabulary(),
            trained.width(),
            trained.layers(),
            trained.heads(),
            trained.keyValueHeads(),
            trained.feedForward(),
            trained.maximumLength(),
            trained.tied(),
            8);
    FreshCheckpoint.write(taken);
    JsonNode config = Fixtures.json(home.resolve("second/config.json"));
    assertEquals(300, config.path("vocab_size").asInt());
    assertEquals(
        Fixtures.json(tokenizer), Fixtures.json(home.resolve("second").resolve("tokenizer.json")));
    assertTrue(
        Files.mismatch(
                home.resolve("fresh/model.safetensors"), home.resolve("second/model.safetensors"))
            >= 0,
        "another seed gives other weights");
  }

  @Test
  void aTokenizerWithoutTheSpecialTokensIsRefused() throws IOException {
    Path file =
        Files.writeString(home.resolve("tokenizer.json"), "{\"model\": {\"vocab\": {\"a\": 0}}}");
    PytorchScratchPlugin.Options options =
        new PytorchScratchPlugin.Options(
            home.resolve("fresh"), List.of(), Optional.of(file), 300, 32, 1, 2, 2, 8, 16, true, 1);
    assertEquals(
        file
            + ": found no tokens [<pad>, <s>, </s>], expected <pad>, <s> and </s> among"
            + " added_tokens; leave out 'tokenizer' to train one that has them",
        assertThrows(DataException.class, () -> FreshCheckpoint.write(options)).getMessage());
  }

  @Test
  void optionsThatDoNotGoTogetherAreAllNamed() {
    PytorchScratchPlugin.Options options =
        new PytorchScratchPlugin.Options(
            home, List.of(), Optional.empty(), 300, 30, 1, 4, 3, 8, 16, true, 1);
    assertEquals(
        List.of(
            "width = 30 and heads = 4: the width of a head must be an even whole number; make width a multiple of 8",
            "heads = 4 and key-value-heads = 3: each key and value head serves the same number of heads; make heads a multiple of key-value-heads",
            "found neither tokenizer-text nor tokenizer, expected one of them: tokenizer-text = [{ type = generated-text }] trains a tokenizer, tokenizer = \"path/to/tokenizer.json\" takes one over"),
        PLUGIN.conflicts(options));
  }
}

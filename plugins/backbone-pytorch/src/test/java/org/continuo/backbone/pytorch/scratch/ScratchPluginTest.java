package org.continuo.backbone.pytorch.scratch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Request;
import org.continuo.api.model.Tokenizer;
import org.continuo.api.model.Wiring;
import org.continuo.backbone.pytorch.Fixtures;
import org.continuo.backbone.pytorch.ParameterStore;
import org.continuo.backbone.pytorch.scratch.bpe.BytePairEncoding;
import org.continuo.checkpoints.safetensors.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchPluginTest {
  private static final ScratchPlugin PLUGIN = new ScratchPlugin();

  @TempDir Path folder;

  private static ScratchOptions options(int heads, int keyValueHeads) {
    return new ScratchOptions(32, 2, heads, keyValueHeads, 48, 300, 64);
  }

  private static Stream<String> texts() {
    return IntStream.range(0, 300)
        .mapToObj(i -> "The number " + i + " comes after " + (i - 1) + ".");
  }

  @Test
  void theFreshModelIsLoadedAndKnowsNothing() {
    Backbone.FromScratch factory =
        assertInstanceOf(Backbone.FromScratch.class, PLUGIN.create(options(4, 2)));
    try (ParameterStore store = new ParameterStore()) {
      Backbone backbone = factory.create(store, texts(), 7);
      assertEquals(300, backbone.description().vocabulary());
      assertEquals(32, backbone.description().width());
      assertEquals(64, backbone.description().maximumLength());
      Tokenizer tokenizer = backbone.tokenizer();
      assertEquals(0, tokenizer.paddingId());
      assertEquals(List.of(2L), tokenizer.endIds());
      long[] ids = tokenizer.encode("The number 8 comes after 7.");
      assertEquals(1, ids[0]);
      assertTrue(ids.length < 20, "merges are learned from the texts");
      assertEquals("The number 8 comes after 7.", tokenizer.decode(ids));
      Batch batch = Fixtures.batch(List.of(ids), store.manager());
      NDArray hidden =
          backbone.prepare(Request.of(Wiring.NONE)).forward(batch).hidden().orElseThrow();
      NDArray logits = backbone.languageModel().orElseThrow().logits(hidden);
      double loss = logits.logSoftmax(1).mean().neg().getFloat();
      assertEquals(Math.log(300), loss, 0.2, "near uniform");
    }
  }

  @Test
  void withoutTextsEveryByteIsAToken() {
    try (ParameterStore store = new ParameterStore()) {
      Backbone backbone = PLUGIN.create(options(4, 4)).load(store);
      assertEquals(259, backbone.description().vocabulary());
      assertEquals(1 + 5, backbone.tokenizer().encode("héll").length);
    }
  }

  @Test
  void weightsAreDrawnAsTold() throws Exception {
    new ScratchCheckpoint(options(4, 2), new BytePairEncoding(List.of())).write(folder, 7);
    SafetensorsFile file = SafetensorsFile.open(folder.resolve("model.safetensors"));
    try (ParameterStore store = new ParameterStore()) {
      assertEquals(0.02, deviation(file, store, "model.embed_tokens.weight"), 0.001);
      assertEquals(0.01, deviation(file, store, "model.layers.1.self_attn.o_proj.weight"), 0.001);
      assertEquals(0.01, deviation(file, store, "model.layers.0.mlp.down_proj.weight"), 0.001);
      assertTrue(file.load("model.norm.weight", store.manager()).eq(1f).all().getBoolean());
      NDArray keys = file.load("model.layers.0.self_attn.k_proj.weight", store.manager());
      assertArrayEquals(new long[] {16, 32}, keys.getShape().getShape());
    }
  }

  private static double deviation(SafetensorsFile file, ParameterStore store, String name) {
    NDArray array = file.load(name, store.manager());
    assertEquals(0, array.mean().getFloat(), 0.002, name);
    return Math.sqrt(array.square().mean().getFloat());
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws Exception {
    for (String name : List.of("one", "two")) {
      new ScratchCheckpoint(options(4, 2), new BytePairEncoding(List.of()))
          .write(folder.resolve(name), 7);
    }
    for (String file : List.of("model.safetensors", "tokenizer.json", "config.json")) {
      assertEquals(
          -1,
          Files.mismatch(folder.resolve("one").resolve(file), folder.resolve("two").resolve(file)));
    }
  }

  @Test
  void sizesThatDoNotGoTogetherAreRefused() {
    assertEquals(
        List.of(
            "width = 32 and heads = 5; expected an even width per head: choose a width that is a multiple of 10",
            "heads = 5 and key-value-heads = 2; expected a multiple: choose a divisor of 5"),
        PLUGIN.conflicts(options(5, 2)));
  }
}

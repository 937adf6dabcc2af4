package org.continuo.backbone.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.LanguageModel;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Capability;
import org.continuo.backbone.onnx.testing.BertExport.Variant;
import org.continuo.checkpoints.safetensors.SafetensorsFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The numbers of the original library, in every form a model can have. */
class OnnxBackboneTest {
  private static final double TOLERANCE = 1e-5;

  @TempDir private Path folder;

  private final NDManager scope = NDManager.newBaseManager(Device.cpu(), "PyTorch");

  @AfterEach
  void close() {
    scope.close();
  }

  private NDArray states(Backbone backbone) {
    Batch batch = Models.batch(backbone, Models.sentences(), scope);
    Request all = new Request(Wiring.NONE, Request.Positions.ALL, List.of(), false);
    return backbone
        .prepare(all)
        .forward(batch)
        .hidden()
        .orElseThrow()
        .get(batch.mask().flatten().nonzero().flatten());
  }

  private NDArray expected() {
    return SafetensorsFile.open(Models.BERT.resolve("expected.safetensors"))
        .load("last_hidden_state", scope);
  }

  private static float distance(NDArray one, NDArray other) {
    assertEquals(one.getShape(), other.getShape());
    return one.sub(other).abs().max().getFloat();
  }

  @ParameterizedTest
  @EnumSource(
      value = Variant.class,
      names = {"NARROW_INPUTS", "POSITIONS", "LOGITS", "EXTERNAL_DATA"})
  void givesTheHiddenStatesOfTheOriginalLibrary(Variant variant) {
    Backbone backbone = Models.load(Models.options(Models.folder(folder.resolve("m"), variant)));
    float worst = distance(states(backbone), expected());
    assertTrue(worst < TOLERANCE, () -> "differs by " + worst);
    assertEquals(List.of("output"), backbone.sites().stream().map(site -> site.name()).toList());
    assertEquals("F32", backbone.description().storedAs());
    assertEquals(256, backbone.description().maximumLength());
    // tables, and of each layer the attention, the block and two norms; no pooler
    int layer = 4 * 64 * 65 + 160 * 65 + 64 * 161 + 2 * 2 * 64;
    assertEquals((600 + 256 + 2 + 2) * 64 + 3 * layer, backbone.description().parameters());
  }

  @Test
  void saysThatWeightsAreQuantisedAndComputesNearby() {
    Backbone backbone =
        Models.load(Models.options(Models.folder(folder.resolve("m"), Variant.QUANTISED)));
    float worst = distance(states(backbone), expected());
    assertTrue(worst > 1e-4 && worst < 1, () -> "differs by " + worst);
    assertEquals("F32, I8 (quantised)", backbone.description().storedAs());
  }

  @Test
  void readsStatesInHalfPrecision() {
    Path model = Models.folder(folder.resolve("m"), Variant.HALF_STATES);
    float worst = distance(states(Models.load(Models.options(model))), expected());
    assertTrue(worst > 1e-5 && worst < 5e-3, () -> "differs by " + worst);
  }

  @Test
  void readsAPooledOutputAsTheVectorOfAText() {
    Path model = Models.folder(folder.resolve("m"));
    Backbone pooled = Models.load(Models.reading(model, "sentence_embedding"));
    Batch batch = Models.batch(pooled, Models.sentences(), scope);
    NDArray vectors = pooled.prepare(Request.of(Wiring.NONE)).forward(batch).hidden().orElseThrow();
    Backbone whole = Models.load(Models.options(model));
    NDArray means = whole.query(batch, Router.Query.HIDDEN_MEAN);
    assertTrue(distance(vectors, means) < TOLERANCE);
    Request all = new Request(Wiring.NONE, Request.Positions.ALL, List.of(), false);
    assertEquals(
        List.of(
            "the states of single tokens: output 'sentence_embedding' is one vector for a text; name one of three dimensions with output = ..."),
        pooled.refusals(all));
  }

  @Test
  void readsLogitsWhereThereAreNoStates() {
    Path model = Models.folder(folder.resolve("m"), Variant.LOGITS_ALONE);
    OnnxBackbonePlugin.Options options = Models.options(model);
    assertEquals(
        Set.of(Capability.LANGUAGE_MODEL, Capability.GENERATION),
        new OnnxBackbonePlugin().offers(options));
    Backbone backbone = Models.load(options);
    assertEquals(Backbone.Summary.LAST, backbone.summary());
    assertEquals(List.of(), backbone.sites());
    NDArray logits = states(backbone);
    NDArray table =
        SafetensorsFile.open(Models.BERT.resolve("model.safetensors"))
            .load("embeddings.word_embeddings.weight", scope);
    assertTrue(distance(logits, expected().matMul(table.transpose())) < 1e-4);
    LanguageModel reader = backbone.languageModel().orElseThrow();
    NDArray few = reader.logits(logits, new long[] {7, 0, 300});
    assertArrayEquals(logits.get(":, 300").toFloatArray(), few.get(":, 2").toFloatArray());
  }

  @Test
  void offersWhatStandsBehindTheModel() {
    assertEquals(
        Set.of(Capability.OUTPUT_SITE),
        new OnnxBackbonePlugin()
            .offers(Models.options(Models.folder(folder.resolve("m"), Variant.LOGITS))));
  }

  @Test
  void computesTheSameBitsWithAnyNumberOfThreads() {
    Path model = Models.folder(folder.resolve("m"));
    float[] one = states(Models.load(Models.options(model))).toFloatArray();
    OnnxBackbonePlugin.Options plain = Models.options(model);
    Backbone four =
        Models.load(
            new OnnxBackbonePlugin.Options(
                plain.checkpoint(),
                plain.file(),
                plain.tokenizer(),
                plain.output(),
                plain.summary(),
                plain.maximumLength(),
                new SessionOptions(OptionalInt.of(4), true, SessionOptions.Optimisation.ALL),
                plain.cache()));
    assertArrayEquals(one, states(four).toFloatArray());
  }

  @Test
  void aTextHasTheSameBitsInEveryBatch() {
    Backbone backbone = Models.load(Models.options(Models.folder(folder.resolve("m"))));
    Backbone.Prepared prepared = backbone.prepare(Request.of(Wiring.NONE));
    List<String> texts = Models.sentences();
    NDArray together =
        prepared.forward(Models.batch(backbone, texts, scope)).hidden().orElseThrow();
    for (int row = 0; row < texts.size(); row++) {
      NDArray alone =
          prepared
              .forward(Models.batch(backbone, texts.subList(row, row + 1), scope))
              .hidden()
              .orElseThrow();
      assertArrayEquals(alone.toFloatArray(), together.get(row).toFloatArray(), "text " + row);
    }
  }

  @Test
  void threeHundredPassesLeaveNothing() {
    Backbone backbone = Models.load(Models.options(Models.folder(folder.resolve("m"))));
    Backbone.Prepared prepared = backbone.prepare(Request.of(Wiring.NONE));
    int before = 0;
    for (int pass = 0; pass < 300; pass++) {
      try (NDManager step = scope.newSubManager()) {
        prepared.forward(Models.batch(backbone, Models.sentences().subList(0, 2), step));
      }
      if (pass == 0) {
        before = alive();
      }
    }
    assertEquals(before, alive());
  }

  private int alive() {
    return scope.getParentManager().getManagedArrays().size()
        + Engine.getEngine("OnnxRuntime")
            .newBaseManager(Device.cpu())
            .getParentManager()
            .getManagedArrays()
            .size();
  }

  @Test
  void refusesATextLongerThanTheModelTakes() {
    Backbone backbone = Models.load(Models.options(Models.folder(folder.resolve("m"))));
    Batch batch = Models.batch(backbone, List.of("word ".repeat(300)), scope);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> backbone.prepare(Request.of(Wiring.NONE)).forward(batch));
    assertTrue(refused.getMessage().endsWith("the model takes at most 256"), refused.getMessage());
  }

  @Test
  void describesItself() {
    Backbone backbone = Models.load(Models.options(Models.folder(folder.resolve("m"))));
    Backbone.Description is = backbone.description();
    assertEquals("BertModel", is.architecture());
    assertEquals(3, is.layers());
    assertEquals(64, is.width());
    assertEquals(64, is.sha256().length());
    assertFalse(backbone.languageModel().isPresent());
    assertFalse(backbone.weights().isPresent());
  }
}

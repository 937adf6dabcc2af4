package org.continuo.backbone.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Wiring;
import org.continuo.backbone.onnx.testing.BertExport.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept has the bits of what is computed. */
class CachedFeaturesTest {
  @TempDir private Path folder;

  private final NDManager scope = NDManager.newBaseManager(Device.cpu(), "PyTorch");

  @AfterEach
  void close() {
    scope.close();
  }

  /** Every way features are read, one after the other. */
  private List<float[]> answers(Backbone backbone) {
    Batch batch = Models.batch(backbone, Models.sentences(), scope);
    List<float[]> all = new ArrayList<>();
    all.add(
        backbone
            .prepare(Request.of(Wiring.NONE))
            .forward(batch)
            .hidden()
            .orElseThrow()
            .toFloatArray());
    all.add(backbone.query(batch, Router.Query.HIDDEN_MEAN).toFloatArray());
    Request states = new Request(Wiring.NONE, Request.Positions.ALL, List.of(), false);
    all.add(backbone.prepare(states).forward(batch).hidden().orElseThrow().toFloatArray());
    all.add(backbone.query(batch, Router.Query.HIDDEN_MEAN).toFloatArray());
    return all;
  }

  private static void assertSame(List<float[]> expected, List<float[]> found) {
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), found.get(i), "answer " + i);
    }
  }

  private long kept() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Variant.class,
      names = {"POSITIONS", "QUANTISED"})
  void aRunThatReadsThemHasTheBitsOfOneThatComputesThem(Variant variant) throws IOException {
    Path model = Models.folder(folder.resolve("m"), variant);
    List<float[]> expected = answers(Models.load(Models.options(model)));
    OnnxBackbonePlugin.Options caching = Models.caching(model, folder.resolve("cache"));
    assertSame(expected, answers(Models.load(caching)));
    long kept = kept();
    assertSame(expected, answers(Models.load(caching)));
    assertEquals(kept, kept(), "everything was there");
  }

  @Test
  void anotherModelHasOthers() throws IOException {
    Path cache = folder.resolve("cache");
    Path exact = Models.folder(folder.resolve("exact"));
    Path quantised = Models.folder(folder.resolve("quantised"), Variant.QUANTISED);
    answers(Models.load(Models.caching(exact, cache)));
    List<float[]> other = answers(Models.load(Models.caching(quantised, cache)));
    assertSame(answers(Models.load(Models.options(quantised))), other);
    try (Stream<Path> models = Files.list(cache)) {
      assertEquals(2, models.count());
    }
    long kept = kept();
    Backbone fresh = Models.load(Models.caching(exact, cache));
    fresh.query(Models.batch(fresh, List.of("a new text"), scope), Router.Query.HIDDEN_MEAN);
    assertNotEquals(kept, kept(), "a new text is computed and kept");
  }
}

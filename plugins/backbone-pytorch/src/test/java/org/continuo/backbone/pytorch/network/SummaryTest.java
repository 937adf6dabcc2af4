package org.continuo.backbone.pytorch.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.continuo.api.data.Batch;
import org.continuo.api.data.DataException;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Backbone.Summary;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.ModelLocation;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.backbone.pytorch.Fixtures;
import org.continuo.backbone.pytorch.ParameterStore;
import org.continuo.backbone.pytorch.PytorchBackbonePlugin;
import org.continuo.backbone.pytorch.TestLora;
import org.continuo.checkpoints.CheckpointExport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One vector for a whole text: where it is read, and who decides that. */
class SummaryTest {
  private static final long[] LONG = {1, 17, 300, 42, 5, 88, 91, 12, 4};
  private static final long[] SHORT = {1, 250, 33};

  private final ParameterStore store = new ParameterStore();
  private final NDManager scope = store.manager().newSubManager();

  @AfterEach
  void close() {
    scope.close();
    store.close();
  }

  private static Backbone load(Path folder, Optional<Summary> summary, ParameterStore into) {
    return new PytorchBackbonePlugin()
        .create(
            new PytorchBackbonePlugin.Options(
                new ModelLocation(folder.toString()), summary, CheckpointExport.Type.F32))
        .load(into);
  }

  private Batch averaged(List<long[]> rows, int length) {
    Batch batch = Fixtures.batch(rows, length, scope);
    long[] firsts = IntStream.range(0, rows.size()).mapToLong(b -> (long) b * length).toArray();
    return new Batch(
        batch.examples(),
        batch.tokens(),
        batch.mask(),
        scope.create(firsts),
        batch.targets(),
        batch.allowed(),
        Batch.Pooling.MEAN);
  }

  private static float[] read(Backbone backbone, Wiring wiring, Batch batch) {
    return backbone
        .prepare(Request.of(wiring))
        .forward(batch)
        .hidden()
        .orElseThrow()
        .toFloatArray();
  }

  /** With an expert at the output, where all states are normed; without, too. */
  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert", "gpt2", "phi3", "gemma2", "gemma3", "modernbert"})
  void theMeanIsTakenOverRealTokensAfterTheNorm(String name) {
    Backbone backbone = Fixtures.load(Fixtures.folder(name), store);
    Site output = backbone.sites(Site.Kind.OUTPUT).get(0);
    TestLora expert = TestLora.random("output", List.of(output), 2, 1, store);
    for (Wiring wiring : List.of(Wiring.NONE, Wiring.of(Mixture.sum(List.of(expert))))) {
      Batch batch = averaged(List.of(LONG, SHORT), 9);
      Request all = new Request(wiring, Request.Positions.ALL, List.of(), false);
      float[] states = backbone.prepare(all).forward(batch).hidden().orElseThrow().toFloatArray();
      float[] means = read(backbone, wiring, batch);
      int[] lengths = {LONG.length, SHORT.length};
      int width = output.out();
      for (int row = 0; row < 2; row++) {
        for (int d = 0; d < width; d++) {
          double sum = 0;
          for (int s = 0; s < lengths[row]; s++) {
            sum += states[(row * 9 + s) * width + d];
          }
          assertEquals(sum / lengths[row], means[row * width + d], 1e-6, "row " + row + ", " + d);
        }
      }
      float[] alone = read(backbone, wiring, averaged(List.of(SHORT), 3));
      assertArrayEquals(alone, Arrays.copyOfRange(means, width, 2 * width), 2e-6f);
      assertArrayEquals(alone, read(backbone, wiring, averaged(List.of(SHORT), 40)), 2e-6f);
    }
  }

  @Test
  void softPromptsAreNotInTheMean() {
    Backbone backbone = Fixtures.load(Fixtures.folder("llama"), store);
    Site embeddings = backbone.sites(Site.Kind.EMBEDDING).get(0);
    Wiring wiring = new Wiring(List.of(), List.of(TestPrompts.random(embeddings, 3, store)));
    Batch batch = averaged(List.of(LONG), 9);
    Request all = new Request(wiring, Request.Positions.ALL, List.of(), false);
    NDArray states = backbone.prepare(all).forward(batch).hidden().orElseThrow();
    assertEquals(9, states.getShape().get(0));
    assertArrayEquals(
        states.mean(new int[] {0}).toFloatArray(), read(backbone, wiring, batch), 1e-6f);
  }

  @Test
  void theMeanPushesExperts() {
    Backbone backbone = Fixtures.load(Fixtures.folder("llama"), store);
    TestLora expert =
        TestLora.random("query", backbone.linear(List.of(Projection.QUERY)), 2, 1, store);
    Wiring wiring = Wiring.of(Mixture.sum(List.of(expert)));
    Batch batch = averaged(List.of(LONG, SHORT), 9);
    var gradients =
        Gradients.of(
            () ->
                backbone
                    .prepare(Request.of(wiring))
                    .forward(batch)
                    .hidden()
                    .orElseThrow()
                    .square()
                    .sum(),
            expert.params());
    gradients.forEach((name, values) -> assertTrue(Gradients.largest(values) > 1e-6, name));
  }

  @ParameterizedTest
  @CsvSource({
    "llama, , LAST",
    "bert, , FIRST",
    "llama, MEAN, MEAN",
    "bert, LAST, LAST",
    "llama, FIRST, FIRST"
  })
  void theOptionDecidesAndElseTheFamily(String name, Summary choice, Summary summary) {
    Backbone backbone = load(Fixtures.folder(name), Optional.ofNullable(choice), store);
    assertEquals(summary, backbone.summary());
    Batch batch = averaged(List.of(LONG, SHORT), 9);
    Request all = new Request(Wiring.NONE, Request.Positions.ALL, List.of(), false);
    NDArray states =
        backbone.prepare(all).forward(batch).hidden().orElseThrow().reshape(2, 9, -1).get(1);
    NDArray expected =
        switch (summary) {
          case FIRST -> states.get(0);
          case LAST -> states.get(SHORT.length - 1);
          case MEAN -> states.get("0:3").mean(new int[] {0});
        };
    NDArray view = backbone.query(batch, Router.Query.HIDDEN_SUMMARY).get(1);
    assertArrayEquals(expected.toFloatArray(), view.toFloatArray(), 1e-5f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "roberta", "gpt2", "phi3", "gemma2", "gemma3", "modernbert"})
  void theLargestEmbeddingIsThatOfRealTokens(String name) {
    Backbone backbone = Fixtures.load(Fixtures.folder(name), store);
    Batch batch = Fixtures.batch(List.of(LONG, SHORT), 12, scope);
    Capture embedded =
        Capture.of(Capture.What.OUTPUT, backbone.sites(Site.Kind.EMBEDDING), Capture.Pool.NONE);
    Request request = new Request(Wiring.NONE, Request.Positions.NONE, List.of(embedded), false);
    NDArray all = backbone.prepare(request).forward(batch).capture(embedded).get(0);
    NDArray view = backbone.query(batch, Router.Query.EMBEDDING_MAX);
    assertArrayEquals(
        all.get("1, 0:3").max(new int[] {0}).toFloatArray(), view.get(1).toFloatArray());
    assertArrayEquals(
        all.get("0, 0:9").max(new int[] {0}).toFloatArray(), view.get(0).toFloatArray());
  }

  private static Path sentenceTransformer(Path folder, String pooling) throws IOException {
    Path copy = Fixtures.copy("bert", Files.createDirectory(folder), config -> {});
    Files.writeString(copy.resolve("modules.json"), "[]");
    Files.createDirectories(copy.resolve("1_Pooling"));
    Files.writeString(copy.resolve("1_Pooling/config.json"), pooling);
    return copy;
  }

  @ParameterizedTest
  @CsvSource({
    "pooling_mode_mean_tokens, MEAN",
    "pooling_mode_cls_token, FIRST",
    "pooling_mode_lasttoken, LAST"
  })
  void aSentenceModelIsReadAsItSays(String mode, Summary summary, @TempDir Path folder)
      throws IOException {
    String pooling =
        "{\"pooling_mode_mean_tokens\": %s, \"pooling_mode_cls_token\": %s, \"pooling_mode_lasttoken\": %s}"
            .formatted(
                mode.equals("pooling_mode_mean_tokens"),
                mode.equals("pooling_mode_cls_token"),
                mode.equals("pooling_mode_lasttoken"));
    Path model = sentenceTransformer(folder.resolve("model"), pooling);
    Backbone backbone = load(model, Optional.empty(), store);
    assertEquals(summary, backbone.summary());
    Path exported = folder.resolve("exported");
    backbone.weights().orElseThrow().export(exported);
    try (ParameterStore other = new ParameterStore();
        ParameterStore told = new ParameterStore()) {
      assertEquals(summary, load(exported, Optional.empty(), other).summary());
      assertEquals(Summary.LAST, load(model, Optional.of(Summary.LAST), told).summary());
    }
  }

  @Test
  void aPoolingThatIsNotOfferedIsRefusedUnlessTheOptionDecides(@TempDir Path folder)
      throws IOException {
    Path model =
        sentenceTransformer(
            folder.resolve("model"),
            "{\"pooling_mode_max_tokens\": true, \"pooling_mode_mean_tokens\": true}");
    DataException e = assertThrows(DataException.class, () -> load(model, Optional.empty(), store));
    assertEquals(
        List.of(
            model.resolve("1_Pooling").resolve("config.json")
                + ": found pooling [mean_tokens, max_tokens], expected one of mean, cls and"
                + " lasttoken; choose first, last or mean as the summary of the backbone, or use"
                + " another checkpoint"),
        e.problems());
    try (ParameterStore other = new ParameterStore()) {
      assertEquals(Summary.MEAN, load(model, Optional.of(Summary.MEAN), other).summary());
    }
  }
}

package org.continuo.backbone.pytorch.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Forward;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Request;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.backbone.pytorch.Fixtures;
import org.continuo.backbone.pytorch.ParameterStore;
import org.continuo.backbone.pytorch.TestLora;
import org.continuo.backbone.pytorch.TestRouter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntermediatesTest {

  private final ParameterStore store = new ParameterStore();
  private final NDManager scope = store.manager().newSubManager();

  @AfterEach
  void close() {
    scope.close();
    store.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert", "gpt2", "phi3", "gemma2", "gemma3", "modernbert"})
  void aPassWithoutGradientLeavesNoMoreThanWhatWasAskedFor(String name) {
    TransformerBackbone backbone = Fixtures.load(Fixtures.folder(name), store);
    Backbone.Prepared prepared =
        backbone.prepare(new Request(mixed(backbone), Request.Positions.ROWS, List.of(), false));
    Batch batch = Fixtures.batch(Fixtures.ROWS, scope);
    int left = leftOver(prepared, batch);
    int recorded = Gradients.recorded(() -> leftOver(prepared, batch));
    // Embeddings, the mask's bias, rotary tables, what the head reads: nothing of any layer.
    assertTrue(left < 25, left + " arrays outlive the pass");
    assertTrue(recorded > 5 * left, recorded + " arrays outlive a pass with gradient");
  }

  private int leftOver(Backbone.Prepared prepared, Batch batch) {
    int before = scope.getManagedArrays().size();
    prepared.forward(batch);
    return scope.getManagedArrays().size() - before;
  }

  @ParameterizedTest
  @FieldSource("org.continuo.backbone.pytorch.Fixtures#FORMS")
  void whateverIsCapturedOutlivesThePassWithTheValuesOfARecordedOne(String name) {
    TransformerBackbone backbone = Fixtures.load(Fixtures.folder(name), store);
    Wiring wiring = mixed(backbone);
    List<Capture> captures = new ArrayList<>();
    for (Capture.Pool pool : Capture.Pool.values()) {
      captures.add(Capture.of(Capture.What.INPUT, readable(backbone), pool));
      captures.add(Capture.of(Capture.What.OUTPUT, written(backbone), pool));
      wiring
          .mixtures()
          .get(0)
          .experts()
          .forEach(
              expert ->
                  captures.add(
                      new Capture(
                          Capture.What.EXPERT_OUTPUT,
                          backbone.sites(Site.Kind.FEED_FORWARD),
                          Optional.of(expert),
                          pool,
                          false)));
    }
    captures.add(
        Capture.of(
            Capture.What.ROUTING, backbone.sites(Site.Kind.FEED_FORWARD), Capture.Pool.NONE));
    Backbone.Prepared prepared =
        backbone.prepare(new Request(wiring, Request.Positions.ROWS, captures, false));
    Batch batch = Fixtures.batch(Fixtures.ROWS, scope);
    Forward freed = prepared.forward(batch);
    Forward recorded = Gradients.recorded(() -> prepared.forward(batch));
    assertEqual(recorded.hidden().orElseThrow(), freed.hidden().orElseThrow());
    for (Capture capture : captures) {
      for (int i = 0; i < capture.sites().size(); i++) {
        assertEqual(recorded.capture(capture).get(i), freed.capture(capture).get(i));
      }
    }
  }

  private static void assertEqual(NDArray expected, NDArray found) {
    assertEquals(expected.getShape(), found.getShape());
    assertArrayEquals(expected.toFloatArray(), found.toFloatArray());
  }

  /** All but soft prompts, which are not read, and parts of mixed blocks, which each expert has. */
  private static List<Site> written(TransformerBackbone backbone) {
    List<Site> blocks = backbone.sites(Site.Kind.FEED_FORWARD);
    return backbone.sites().stream()
        .filter(site -> site.kind() != Site.Kind.PREFIX)
        .filter(site -> blocks.stream().noneMatch(site::inside))
        .toList();
  }

  private static List<Site> readable(TransformerBackbone backbone) {
    return written(backbone).stream().filter(site -> site.kind() != Site.Kind.EMBEDDING).toList();
  }

  private Wiring mixed(TransformerBackbone backbone) {
    List<Site> blocks = backbone.sites(Site.Kind.FEED_FORWARD);
    TestLora first = TestLora.random("first", backbone.linear(Fixtures.BLOCK), 4, 2, store);
    TestLora second =
        TestLora.random(
            "second", backbone.linear(List.of(Projection.UP, Projection.DOWN)), 4, 2, store);
    TestLora attention =
        TestLora.random("attention", backbone.linear(List.of(Projection.QUERY)), 4, 2, store);
    return Wiring.of(
        new Mixture(blocks, List.of(first, second), TestRouter.random(blocks, 2, store)),
        Mixture.sum(List.of(attention)));
  }
}

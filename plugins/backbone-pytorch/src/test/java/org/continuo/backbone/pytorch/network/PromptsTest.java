package org.continuo.backbone.pytorch.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Forward;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Prompts;
import org.continuo.api.model.Request;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.backbone.pytorch.Fixtures;
import org.continuo.backbone.pytorch.ParameterStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptsTest {
  private static final long[] ROW = {1, 17, 300, 42, 5};

  private final ParameterStore store = new ParameterStore();
  private final NDManager scope = store.manager().newSubManager();

  @AfterEach
  void close() {
    scope.close();
    store.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"llama", "qwen3", "roberta", "gpt2", "phi3", "gemma2", "gemma3", "modernbert"})
  void softPromptsThatAreTokenEmbeddingsActAsTheseTokens(String name) {
    TransformerBackbone backbone = Fixtures.load(Fixtures.folder(name), store);
    Site site = backbone.sites(Site.Kind.EMBEDDING).get(0);
    TestPrompts prompts = TestPrompts.random(site, 2, store);
    NDArray words =
        backbone.network().embeddings().words(scope.create(new long[] {17, 18}, new Shape(1, 2)));
    prompts.values().value().set(words.toByteBuffer());
    Wiring wiring = new Wiring(List.of(), List.of(prompts));
    Site block = backbone.sites(Site.Kind.FEED_FORWARD).get(1);
    Capture states = Capture.of(Capture.What.OUTPUT, List.of(block), Capture.Pool.NONE);
    Request request = new Request(wiring, Request.Positions.ALL, List.of(states), false);

    Forward soft = backbone.prepare(request).forward(Fixtures.batch(List.of(ROW), 7, scope));
    Batch spelled = Fixtures.batch(List.of(new long[] {17, 18, 1, 17, 300, 42, 5}), 9, scope);
    Request plain = new Request(Wiring.NONE, Request.Positions.ALL, List.of(states), false);
    Forward real = backbone.prepare(plain).forward(spelled);

    assertEquals(new Shape(7, site.out()), soft.hidden().orElseThrow().getShape());
    assertClose(real.hidden().orElseThrow().get("2:7"), soft.hidden().orElseThrow().get("0:5"));
    assertClose(
        real.capture(states).get(0).get(":, 2:7"), soft.capture(states).get(0).get(":, 0:5"));
  }

  @Test
  void aPrefixOfTheTokensOwnKeysAndValuesChangesNothing() {
    // Every key then stands there twice, with half the weight each.
    TransformerBackbone bert = Fixtures.load(Fixtures.folder("bert"), store);
    Batch batch = Fixtures.batch(List.of(ROW), scope);
    List<Site> keys = bert.linear(List.of(Projection.KEY));
    List<Site> values = bert.linear(List.of(Projection.VALUE));
    Capture key = Capture.of(Capture.What.OUTPUT, keys, Capture.Pool.NONE);
    Capture value = Capture.of(Capture.What.OUTPUT, values, Capture.Pool.NONE);
    Forward bare =
        bert.prepare(new Request(Wiring.NONE, Request.Positions.ALL, List.of(key, value), false))
            .forward(batch);
    List<Site> sites = bert.sites(Site.Kind.PREFIX);
    List<Prompts> prefixes =
        sites.stream()
            .map(
                site -> {
                  TestPrompts prefix = TestPrompts.random(site, ROW.length, store);
                  NDArray both =
                      bare.capture(key)
                          .get(site.layer())
                          .concat(bare.capture(value).get(site.layer()), 2);
                  prefix.values().value().set(both.toByteBuffer());
                  return (Prompts) prefix;
                })
            .toList();
    NDArray with = all(bert, new Wiring(List.of(), prefixes), batch);
    assertClose(bare.hidden().orElseThrow(), with);
  }

  @Test
  void aPrefixTheSizeOfSharedHeadsIsSeenByEveryQuery() {
    // A single token at position 0 does not turn: its own key and value may stand in the prefix.
    TransformerBackbone llama = Fixtures.load(Fixtures.folder("llama"), store);
    Batch one = Fixtures.batch(List.of(new long[] {42}), scope);
    Capture key =
        Capture.of(Capture.What.OUTPUT, llama.linear(List.of(Projection.KEY)), Capture.Pool.NONE);
    Capture value =
        Capture.of(Capture.What.OUTPUT, llama.linear(List.of(Projection.VALUE)), Capture.Pool.NONE);
    Forward bare =
        llama
            .prepare(new Request(Wiring.NONE, Request.Positions.ALL, List.of(key, value), false))
            .forward(one);
    Site site = llama.sites(Site.Kind.PREFIX).get(1);
    assertEquals(64, site.out());
    TestPrompts prefix = TestPrompts.random(site, 1, store);
    Wiring wiring = new Wiring(List.of(), List.of(prefix));
    assertTrue(worst(bare.hidden().orElseThrow(), all(llama, wiring, one)) > 1e-3);
    NDArray own = bare.capture(key).get(1).concat(bare.capture(value).get(1), 2);
    prefix.values().value().set(own.toByteBuffer());
    assertClose(bare.hidden().orElseThrow(), all(llama, wiring, one));
  }

  @Test
  void gradientsReachPromptsAndPrefixes() {
    TransformerBackbone llama = Fixtures.load(Fixtures.folder("llama"), store);
    TestPrompts soft = TestPrompts.random(llama.sites(Site.Kind.EMBEDDING).get(0), 2, store);
    TestPrompts prefix = TestPrompts.random(llama.sites(Site.Kind.PREFIX).get(2), 3, store);
    Wiring wiring = new Wiring(List.of(), List.of(soft, prefix));
    Backbone.Prepared prepared = llama.prepare(Request.of(wiring));
    Batch batch = Fixtures.batch(List.of(ROW), scope);
    Map<String, float[]> gradients =
        Gradients.of(
            () -> prepared.forward(batch).hidden().orElseThrow().square().mean(), wiring.params());
    gradients.forEach((name, gradient) -> assertTrue(Gradients.largest(gradient) > 1e-6, name));
  }

  private static NDArray all(Backbone backbone, Wiring wiring, Batch batch) {
    Request request = new Request(wiring, Request.Positions.ALL, List.of(), false);
    return backbone.prepare(request).forward(batch).hidden().orElseThrow();
  }

  private static void assertClose(NDArray expected, NDArray found) {
    assertEquals(expected.getShape(), found.getShape());
    assertEquals(0, worst(expected, found), 1e-5);
  }

  private static float worst(NDArray a, NDArray b) {
    return a.sub(b).abs().max().getFloat();
  }
}

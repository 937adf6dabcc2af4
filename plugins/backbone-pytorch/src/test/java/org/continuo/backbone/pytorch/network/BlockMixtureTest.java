package org.continuo.backbone.pytorch.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Forward;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.api.tensor.Param;
import org.continuo.backbone.pytorch.Fixtures;
import org.continuo.backbone.pytorch.ParameterStore;
import org.continuo.backbone.pytorch.TestLora;
import org.continuo.backbone.pytorch.TestRouter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class BlockMixtureTest {

  private final ParameterStore store = new ParameterStore();
  private final NDManager scope = store.manager().newSubManager();

  @AfterEach
  void close() {
    scope.close();
    store.close();
  }

  @ParameterizedTest
  @FieldSource("org.continuo.backbone.pytorch.Fixtures#FORMS")
  void fusedFormAgreesWithPlainFormInOutputsAndGradients(String name) {
    TransformerBackbone backbone = Fixtures.load(Fixtures.folder(name), store);
    List<Site> blocks = backbone.sites(Site.Kind.FEED_FORWARD);
    TestLora shared = TestLora.random("shared", backbone.linear(Fixtures.BLOCK), 4, 2, store);
    TestLora own = TestLora.random("own", backbone.linear(Fixtures.BLOCK), 4, 2, store);
    TestLora withoutDown =
        TestLora.random(
            "third", backbone.linear(List.of(Projection.GATE, Projection.UP)), 2, 1, store);
    Router router = TestRouter.random(blocks, 3, store);
    Wiring wiring = Wiring.of(new Mixture(blocks, List.of(shared, own, withoutDown), router));
    compare(backbone, blocks, wiring, List.of(shared, withoutDown));
  }

  @Test
  void fusedFormHoldsForWeightsThatDoNotSumToOne() {
    TransformerBackbone bert = Fixtures.load(Fixtures.folder("bert"), store);
    List<Site> blocks = bert.sites(Site.Kind.FEED_FORWARD);
    TestLora first = TestLora.random("first", bert.linear(Fixtures.BLOCK), 4, 2, store);
    TestLora second = TestLora.random("second", bert.linear(Fixtures.BLOCK), 4, 2, store);
    Router router = new Router.Constant(List.of(1.0, 0.7));
    compare(
        bert,
        blocks,
        Wiring.of(new Mixture(blocks, List.of(first, second), router)),
        List.of(first));
  }

  @Test
  void dropoutOfTheFusedFormDrawsTheSameMasks() {
    TransformerBackbone llama = Fixtures.load(Fixtures.folder("llama"), store);
    List<Site> blocks = llama.sites(Site.Kind.FEED_FORWARD);
    TestLora first =
        TestLora.random("first", llama.linear(Fixtures.BLOCK), 4, 2, store).withDropout(0.3);
    TestLora second =
        TestLora.random("second", llama.linear(Fixtures.BLOCK), 4, 2, store).withDropout(0.3);
    Router router = TestRouter.random(blocks, 2, store);
    Wiring wiring = Wiring.of(new Mixture(blocks, List.of(first, second), router));
    Request training = new Request(wiring, Request.Positions.ROWS, List.of(), true);
    Batch batch = Fixtures.batch(Fixtures.ROWS, scope);
    NDArray inference = hidden(llama.prepare(training.inference()), batch);
    NDArray fused = seeded(llama.prepare(training), batch);
    NDArray plain = seeded(llama.preparePlain(training), batch);
    assertEquals(0, worst(fused, plain), 1e-5);
    assertTrue(worst(fused, inference) > 1e-2, "dropout is active in training only");
    assertEquals(0, worst(inference, hidden(llama.prepare(training.inference()), batch)));
  }

  private static NDArray seeded(Backbone.Prepared prepared, Batch batch) {
    Engine.getEngine("PyTorch").setRandomSeed(7);
    return hidden(prepared, batch);
  }

  @Test
  void aMixtureAtALinearSiteActsWithinEveryExpert() {
    TransformerBackbone llama = Fixtures.load(Fixtures.folder("llama"), store);
    List<Site> blocks = llama.sites(Site.Kind.FEED_FORWARD);
    TestLora first = TestLora.random("first", llama.linear(Fixtures.BLOCK), 4, 2, store);
    TestLora second = TestLora.random("second", llama.linear(Fixtures.BLOCK), 4, 2, store);
    TestLora inner =
        TestLora.random(
            "inner", llama.linear(List.of(Projection.GATE, Projection.DOWN)), 4, 2, store);
    Mixture within = Mixture.sum(List.of(inner));
    Wiring both =
        Wiring.of(
            new Mixture(blocks, List.of(first, second), new Router.Constant(List.of(1.0, 0.0))),
            within);
    // With all weight on the first expert the block is that expert and the inner one, summed.
    Wiring summed =
        Wiring.of(
            new Mixture(
                llama.linear(Fixtures.BLOCK), List.of(first, inner), Router.Constant.sum(2)));
    Batch batch = Fixtures.batch(Fixtures.ROWS, scope);
    NDArray expected = hidden(llama.prepare(Request.of(summed)), batch);
    assertEquals(0, worst(expected, hidden(llama.prepare(Request.of(both)), batch)), 1e-5);
    assertTrue(worst(expected, hidden(llama.prepare(Request.of(Wiring.NONE)), batch)) > 1e-2);
  }

  @Test
  void isolatedCapturePushesTheExpertAtItsOwnBlockOnly() {
    TransformerBackbone llama = Fixtures.load(Fixtures.folder("llama"), store);
    List<Site> blocks = llama.sites(Site.Kind.FEED_FORWARD);
    TestLora shared = TestLora.random("shared", llama.linear(Fixtures.BLOCK), 4, 2, store);
    TestLora own = TestLora.random("own", llama.linear(Fixtures.BLOCK), 4, 2, store);
    TestRouter router = TestRouter.random(blocks, 2, store);
    Wiring wiring = Wiring.of(new Mixture(blocks, List.of(shared, own), router));
    Site top = blocks.get(2);
    Capture open = Capture.pooled(shared, List.of(top));
    Capture isolated = Capture.pooledIsolated(shared, List.of(top));
    Batch batch = Fixtures.batch(Fixtures.ROWS, scope);
    for (Backbone.Prepared prepared :
        List.of(
            llama.prepare(request(wiring, open, isolated)),
            llama.preparePlain(request(wiring, open, isolated)))) {
      Forward forward = prepared.forward(batch);
      assertEquals(0, worst(forward.capture(open).get(0), forward.capture(isolated).get(0)), 1e-5);
      Map<String, float[]> reached =
          Gradients.of(
              () -> prepared.forward(batch).capture(isolated).get(0).square().sum(),
              wiring.params());
      reached.forEach(
          (param, gradient) -> {
            boolean here = param.startsWith("shared/" + top.name() + ".");
            assertEquals(here, Gradients.largest(gradient) > 0, param);
          });
      Map<String, float[]> all =
          Gradients.of(
              () -> prepared.forward(batch).capture(open).get(0).square().sum(), wiring.params());
      assertTrue(
          Gradients.largest(all.get("own/" + blocks.get(0).name() + ".up/a")) > 0,
          "an open capture reaches the layers below");
    }
  }

  private static Request request(Wiring wiring, Capture... captures) {
    return new Request(wiring, Request.Positions.NONE, List.of(captures), false);
  }

  private void compare(
      TransformerBackbone backbone, List<Site> blocks, Wiring wiring, List<TestLora> captured) {
    List<Capture> captures = new ArrayList<>();
    for (TestLora expert : captured) {
      captures.add(Capture.pooled(expert, blocks));
      captures.add(Capture.pooledIsolated(expert, List.of(blocks.get(1))));
      captures.add(
          new Capture(
              Capture.What.EXPERT_OUTPUT, blocks, Optional.of(expert), Capture.Pool.LAST, false));
    }
    captures.add(Capture.of(Capture.What.ROUTING, blocks, Capture.Pool.NONE));
    Request request = new Request(wiring, Request.Positions.ROWS, captures, true);
    Batch batch = Fixtures.batch(Fixtures.ROWS, scope);
    Backbone.Prepared fused = backbone.prepare(request);
    Backbone.Prepared plain = backbone.preparePlain(request);
    assertEquals(Plan.Form.FUSED, Plan.of(request, backbone.network(), true).form(blocks.get(0)));

    NDArray one = outputs(fused.forward(batch));
    NDArray other = outputs(plain.forward(batch));
    assertTrue(one.abs().max().getFloat() > 0.1);
    assertEquals(0, worst(one, other), 1e-5);

    List<Param> params = wiring.params();
    Map<String, float[]> a = Gradients.of(() -> loss(fused.forward(batch)), params);
    Map<String, float[]> b = Gradients.of(() -> loss(plain.forward(batch)), params);
    float largest = 0;
    for (Param param : params) {
      assertEquals(
          0, Gradients.difference(a.get(param.name()), b.get(param.name())), 1e-5, param.name());
      assertTrue(Gradients.largest(a.get(param.name())) > 0, param.name() + " has no gradient");
      largest = Math.max(largest, Gradients.largest(a.get(param.name())));
    }
    assertTrue(largest > 1e-3, "gradients are too small to compare: " + largest);
  }

  /** Each entry weighs differently, so that no difference cancels. */
  private static NDArray loss(Forward forward) {
    NDArray all = outputs(forward);
    return all.mul(all.getManager().arange((float) all.size()).sin()).mean();
  }

  private static NDArray outputs(Forward forward) {
    NDList all = new NDList();
    all.add(forward.hidden().orElseThrow().flatten());
    for (List<NDArray> arrays : forward.captures().values()) {
      arrays.forEach(array -> all.add(array.flatten()));
    }
    return NDArrays.concat(all);
  }

  private static NDArray hidden(Backbone.Prepared prepared, Batch batch) {
    return prepared.forward(batch).hidden().orElseThrow();
  }

  private static float worst(NDArray a, NDArray b) {
    return a.sub(b).abs().max().getFloat();
  }
}

package org.continuo.backbone.pytorch.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Expert;
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
import org.junit.jupiter.params.provider.ValueSource;

class TrainingTest {
  private static final List<long[]> ROWS =
      List.of(new long[] {1, 17, 300, 42, 5}, new long[] {1, 9}, new long[] {1, 250, 33, 7});

  private final ParameterStore store = new ParameterStore();

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"llama", "qwen3", "bert", "gpt2", "phi3", "gemma2", "gemma3", "modernbert"})
  void gradientsOfExpertsAreDifferenceQuotients(String name) {
    TransformerBackbone backbone = Fixtures.load(Fixtures.folder(name), store);
    List<Site> linear = backbone.sites(Site.Kind.LINEAR);
    TestLora lora = TestLora.random("lora", linear, 2, 2, store);
    Site output = backbone.sites(Site.Kind.OUTPUT).get(0);
    TestLora last = TestLora.random("last", List.of(output), 2, 1, store);
    Wiring wiring = Wiring.of(Mixture.sum(List.of(lora)), Mixture.sum(List.of(last)));
    Request request = new Request(wiring, Request.Positions.ROWS, List.of(), true);
    Backbone.Prepared prepared = backbone.prepare(request);
    try (NDManager scope = store.manager().newSubManager()) {
      Batch batch = Fixtures.batch(ROWS, scope);
      Map<String, float[]> gradients = Gradients.of(() -> loss(prepared, batch), wiring.params());
      for (Site site : List.of(linear.get(0), linear.get(linear.size() - 1), output)) {
        Expert.LowRank expert = site.equals(output) ? last : lora;
        for (Param param : List.of(expert.a(site), expert.b(site))) {
          float[] gradient = gradients.get(param.name());
          int entry = largest(gradient);
          assertTrue(Math.abs(gradient[entry]) > 1e-3, param.name() + " has no gradient");
          assertEquals(
              quotient(prepared, batch, param, entry),
              gradient[entry],
              0.02 * Math.abs(gradient[entry]),
              param.name());
        }
      }
    }
  }

  @Test
  void theBackbonesOwnMatricesTrain() {
    TransformerBackbone backbone = Fixtures.load(Fixtures.folder("llama-tied"), store);
    List<Param> all = backbone.weights().orElseThrow().all();
    Backbone.Prepared prepared = backbone.prepare(Request.of(Wiring.NONE));
    try (NDManager scope = store.manager().newSubManager()) {
      Batch batch = Fixtures.batch(ROWS, scope);
      Map<String, float[]> once = Gradients.of(() -> loss(prepared, batch), all);
      once.forEach((name, gradient) -> assertTrue(Gradients.largest(gradient) > 0, name));
      Map<String, float[]> again = Gradients.of(() -> loss(prepared, batch), all);
      once.forEach(
          (name, gradient) ->
              assertEquals(0, Gradients.difference(gradient, again.get(name)), name));
      Param query =
          backbone.weights().orElseThrow().of(backbone.linear(List.of(Projection.QUERY)).get(0));
      // In place, as an optimiser does: the memory is its own, not the file's.
      query.value().muli(query.value());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void threeHundredStepsLeaveNoArraysBehind(String name) {
    TransformerBackbone backbone = Fixtures.load(Fixtures.folder(name), store);
    List<Site> blocks = backbone.sites(Site.Kind.FEED_FORWARD);
    List<Site> inner = backbone.linear(List.of(Projection.GATE, Projection.UP, Projection.DOWN));
    TestLora shared = TestLora.random("shared", inner, 2, 2, store);
    TestLora own = TestLora.random("own", inner, 2, 2, store);
    TestLora attention =
        TestLora.random(
            "attention",
            backbone.linear(List.of(Projection.QUERY, Projection.OUTPUT)),
            2,
            2,
            store);
    TestPrompts soft = TestPrompts.random(backbone.sites(Site.Kind.EMBEDDING).get(0), 2, store);
    TestPrompts prefix = TestPrompts.random(backbone.sites(Site.Kind.PREFIX).get(0), 2, store);
    Router router = TestRouter.random(blocks, 2, store);
    Wiring wiring =
        new Wiring(
            List.of(
                new Mixture(blocks, List.of(shared, own), router), Mixture.sum(List.of(attention))),
            List.of(soft, prefix));
    List<Capture> captures =
        List.of(
            Capture.pooled(shared, blocks),
            Capture.pooledIsolated(shared, blocks),
            Capture.of(Capture.What.OUTPUT, backbone.sites(Site.Kind.LAYER), Capture.Pool.LAST));
    Request request = new Request(wiring, Request.Positions.ROWS, captures, true);
    Backbone.Prepared prepared = backbone.prepare(request);
    wiring.params().forEach(param -> param.value().setRequiresGradient(true));
    int before = 0;
    for (int step = 0; step < 300; step++) {
      try (NDManager scope = store.manager().newSubManager();
          GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(loss(prepared, Fixtures.batch(ROWS, scope)));
      }
      if (step == 1) {
        before = store.liveArrays();
      }
    }
    assertEquals(before, store.liveArrays());
    assertTrue(before >= store.allocated());
  }

  private static NDArray loss(Backbone.Prepared prepared, Batch batch) {
    Forward forward = prepared.forward(batch);
    NDArray hidden = forward.hidden().orElseThrow();
    NDArray wave =
        hidden.getManager().arange((float) hidden.size()).sin().reshape(hidden.getShape());
    NDArray loss = hidden.mul(wave).mean();
    for (List<NDArray> arrays : forward.captures().values()) {
      for (NDArray array : arrays) {
        loss = loss.add(array.square().mean());
      }
    }
    return loss;
  }

  private static int largest(float[] values) {
    int largest = 0;
    for (int i = 0; i < values.length; i++) {
      if (Math.abs(values[i]) > Math.abs(values[largest])) {
        largest = i;
      }
    }
    return largest;
  }

  private static double quotient(Backbone.Prepared prepared, Batch batch, Param param, int entry) {
    float step = 0.02f;
    double above = shifted(prepared, batch, param, entry, step);
    double below = shifted(prepared, batch, param, entry, -step);
    return (above - below) / (2 * step);
  }

  private static double shifted(
      Backbone.Prepared prepared, Batch batch, Param param, int entry, float step) {
    float[] before = param.value().toFloatArray();
    float[] after = before.clone();
    after[entry] += step;
    param.value().set(after);
    double loss = loss(prepared, batch).getFloat();
    param.value().set(before);
    return loss;
  }
}

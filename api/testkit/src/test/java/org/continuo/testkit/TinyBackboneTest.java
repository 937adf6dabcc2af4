package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Forward;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Prompts;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.api.tensor.Param;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The small backbone computes what the api says of mixed blocks, captures and soft prompts. */
class TinyBackboneTest {
  private static final List<Site> BLOCKS = List.of(TinyBackbone.BLOCK);
  private static final List<Site> LINEAR = List.of(TinyBackbone.UP, TinyBackbone.DOWN);

  private final TinyParameters weights = new TinyParameters(1);
  private final TinyParameters parameters = new TinyParameters(2);
  private final TinyBackbone backbone = new TinyBackbone(weights);
  private final NDManager scope = parameters.scope();
  private final Batch batch =
      BackboneContract.batch(backbone, List.of("w1 w9 w3", "w2 w12 w4 w5 w14"), scope);
  private final Expert one = expert("one");
  private final Expert other = expert("other");

  @AfterEach
  void close() {
    parameters.close();
    weights.close();
  }

  private Expert expert(String name) {
    Expert expert = new TinyExpert(new TinyExpert.Options(2), name, LINEAR, parameters);
    expert.params().forEach(param -> Gaussian.fill(parameters, param, 0.3));
    return expert;
  }

  private static Wiring mixed(List<Expert> experts, Double... shares) {
    return Wiring.of(new Mixture(BLOCKS, experts, new Router.Constant(List.of(shares))));
  }

  private Forward forward(Wiring wiring, Capture... captures) {
    return backbone.prepare(Request.of(wiring).capturing(List.of(captures))).forward(batch);
  }

  private NDArray hidden(Wiring wiring) {
    return forward(wiring).hidden().orElseThrow();
  }

  private static void equal(NDArray expected, NDArray found) {
    assertEquals(expected.getShape(), found.getShape());
    assertEquals(0, expected.sub(found).abs().max().getFloat(), 1e-5);
  }

  @Test
  void aBlockOfOneExpertIsThatExpertAtItsProjections() {
    equal(hidden(Wiring.of(Mixture.sum(List.of(one)))), hidden(mixed(List.of(one), 1.0)));
    equal(hidden(Wiring.NONE), hidden(mixed(List.of(Expert.NONE), 1.0)));
  }

  @Test
  void aMixedBlockIsTheWeighedSumOfItsExperts() {
    Capture input = Capture.of(Capture.What.INPUT, BLOCKS, Capture.Pool.MASKED_MEAN);
    Capture first = Capture.pooled(one, BLOCKS);
    Capture isolated = Capture.pooledIsolated(one, BLOCKS);
    Capture second = Capture.pooled(other, BLOCKS);
    Capture routing = Capture.of(Capture.What.ROUTING, BLOCKS, Capture.Pool.MASKED_MEAN);
    Forward forward =
        forward(mixed(List.of(one, other), 0.3, 0.7), input, first, isolated, second, routing);
    NDArray x = forward.capture(input).get(0);
    NDArray sum =
        forward.capture(first).get(0).mul(0.3f).add(forward.capture(second).get(0).mul(0.7f));
    equal(x.add(sum), forward.hidden().orElseThrow());
    equal(forward.capture(first).get(0), forward.capture(isolated).get(0));
    assertTrue(
        forward.capture(first).get(0).sub(forward.capture(second).get(0)).abs().max().getFloat()
            > 1e-2);
    assertEquals(0.3f, forward.capture(routing).get(0).toFloatArray()[0]);
  }

  @Test
  void aMixedBlockGivesTheGradientsOfItsExperts() {
    NumericGradient.check(
        parameters,
        () ->
            hidden(mixed(List.of(one, other), 0.3, 0.7))
                .mul(Gaussian.array(scope, 4, 2, TinyBackbone.WIDTH))
                .sum());
  }

  @Test
  void softPromptsCountAsTokens() {
    Param param =
        parameters.param(
            "prompt", new Shape(2, TinyBackbone.WIDTH), (manager, shape) -> manager.ones(shape));
    Prompts prompts =
        new Prompts() {
          @Override
          public Site site() {
            return TinyBackbone.EMBEDDINGS;
          }

          @Override
          public NDArray prompts(Router.Input input) {
            return param.value().expandDims(0).repeat(0, 2);
          }

          @Override
          public List<Param> params() {
            return List.of(param);
          }
        };
    Capture input = Capture.of(Capture.What.INPUT, BLOCKS, Capture.Pool.MASKED_MEAN);
    NDArray bare = forward(Wiring.NONE, input).capture(input).get(0);
    NDArray tokens = batch.mask().sum(new int[] {1}, true);
    NDArray expected = bare.mul(tokens).add(2).div(tokens.add(2));
    Wiring wiring = new Wiring(List.of(), List.of(prompts));
    equal(expected, forward(wiring, input).capture(input).get(0));
  }

  @Test
  void refusesWhatItHasNotGot() {
    Wiring wiring = mixed(List.of(one), 1.0);
    Capture inside = Capture.of(Capture.What.INPUT, LINEAR, Capture.Pool.NONE);
    Map<Request, String> refused =
        Map.of(
            new Request(wiring, Request.Positions.ALL, List.of(), false),
            "the tiny backbone has not got the states of single tokens; test with a real one",
            Request.of(wiring).capturing(List.of(inside)),
            "the tiny backbone has not got a capture of INPUT at site 'layers.0.feed-forward.up'; test with a real one",
            Request.of(wiring).capturing(List.of(Capture.pooled(other, BLOCKS))),
            "the tiny backbone has not got a capture of EXPERT_OUTPUT at site 'layers.0.feed-forward'; test with a real one",
            Request.of(
                Wiring.of(wiring.mixtures().get(0), mixed(List.of(other), 1.0).mixtures().get(0))),
            "the tiny backbone has not got two mixtures at site 'layers.0.feed-forward'; test with a real one");
    refused.forEach((request, reason) -> assertEquals(reason, backbone.refusals(request).get(0)));
  }
}

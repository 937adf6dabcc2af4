package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Forward;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Prompts;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Plugin;
import org.continuo.api.tensor.Param;
import org.continuo.results.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  static final class Contract extends BackboneContract {
    @Override
    protected Plugin<? extends Backbone.Factory, ?> plugin() {
      return TinyParts.backbone();
    }
  }

  static final class AveragedContract extends BackboneContract {
    @Override
    protected Plugin<? extends Backbone.Factory, ?> plugin() {
      return TinyParts.backbone();
    }

    @Override
    protected Map<String, Object> options() {
      return Map.of("summary", "mean");
    }
  }

  /** Its weights come from the store's seed, so loading it twice gives two. */
  @Test
  void keepsToTheContract() {
    Set<String> random = Set.of("givesTheSameBitsEachTimeItIsLoadedAndAsked");
    assertEquals(random, Failures.of(Contract.class));
    assertEquals(random, Failures.of(AveragedContract.class));
  }

  @Test
  void aTextUpToATokenIsReadAsThatTextAlone() {
    Batch upTo =
        new Batch(
            batch.examples(),
            batch.tokens(),
            batch.mask(),
            scope.create(new long[] {8, 2, 3, 7}),
            batch.targets(),
            batch.allowed());
    Router router =
        new Router() {
          @Override
          public NDArray weights(Input input) {
            return input.query().orElseThrow().get(":, 0:1").expandDims(1).tanh();
          }

          @Override
          public Query query() {
            return Query.EMBEDDING_MEAN;
          }
        };
    Wiring routed = Wiring.of(new Mixture(LINEAR, List.of(one), router));
    NDArray states = backbone.prepare(Request.of(Wiring.NONE)).forward(upTo).hidden().orElseThrow();
    List<String> texts = List.of("w2 w12", "w1 w9", "w1 w9 w3", "w2");
    for (int row = 0; row < texts.size(); row++) {
      Batch alone = BackboneContract.batch(backbone, List.of(texts.get(row)), scope);
      equal(
          backbone.prepare(Request.of(Wiring.NONE)).forward(alone).hidden().orElseThrow().get(0),
          states.get(row));
    }
    // the view is that of the whole example
    NDArray queried = backbone.prepare(Request.of(routed)).forward(upTo).hidden().orElseThrow();
    equal(hidden(routed).get(0), queried.get(2));
  }

  @Test
  void aRunReadsTheSummaryItIsTold(@TempDir Path folder) {
    Set<List<Event>> learned = new HashSet<>();
    for (String summary : List.of("last", "mean")) {
      TinyRun run = TinyRun.of(FineTuning.plugin()).set("backbone.summary=" + summary);
      TinyRun.Result result = run.run(folder.resolve(summary));
      assertTrue(result.accuracy().get(0).get(0) >= 0.7, result.accuracy()::toString);
      learned.add(RunFiles.learned(result.folder()));
    }
    assertEquals(2, learned.size(), "runs that differ");
  }

  @Test
  void refusesWhatItHasNotGot() {
    Wiring wiring = mixed(List.of(one), 1.0);
    Capture inside = Capture.of(Capture.What.INPUT, LINEAR, Capture.Pool.NONE);
    Map<Request, String> refused =
        Map.of(
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

package org.continuo.moecl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Host;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;
import org.continuo.testkit.OpenRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of the mixture of shared and dedicated expert, whatever was learned. */
class MixtureInvariantsTest {
  private static final float ROUNDING = 2e-6f;

  private static OpenRun open(String checkpoint) {
    return MoeClRun.of(
            Fixtures.checkpoint(checkpoint),
            TestTasks.three(),
            "strategy { mode = reference, expert { rank = 4, alpha = 8, dropout = 0 } }")
        .open();
  }

  /** How a task is wired while it is trained. */
  private static Wiring training(OpenRun run, int task) {
    Task named = run.task(task);
    return run.strategy().contribute(named).objective().wiring().orElseThrow().apply(named.name());
  }

  private static NDArray scores(Host host, Batch batch, Wiring wiring) {
    return host.pass(batch, Request.of(wiring)).scores().orElseThrow();
  }

  /** Values that a training would leave: nothing is zero, everything differs. */
  private static void randomise(Host host, List<Param> params) {
    Map<String, NDArray> values = new HashMap<>();
    for (Param param : params) {
      values.put(param.name(), host.scope().randomNormal(0, 0.2f, param.shape(), DataType.FLOAT32));
    }
    host.assign(new Tensors(values));
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void freshExpertsChangeNothingWhateverTheTask(String checkpoint) {
    try (OpenRun run = open(checkpoint)) {
      run.within(
          host -> {
            Batch batch = host.batch(run.examples(0));
            float[] bare = scores(host, batch, Wiring.NONE).toFloatArray();
            for (int task = 0; task < 3; task++) {
              float[] mixed = scores(host, batch, training(run, task)).toFloatArray();
              assertArrayEquals(bare, mixed, ROUNDING);
            }
            return true;
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void thereAreAsManyParametersAsThePaperCounts(String checkpoint) {
    try (OpenRun run = open(checkpoint)) {
      Backbone backbone = run.host().backbone();
      Map<String, Long> sizes = new LinkedHashMap<>();
      for (Task task : run.tasks()) {
        run.trained(task.index()).forEach(param -> sizes.put(param.name(), param.shape().size()));
      }
      long layers = backbone.description().layers();
      long d = backbone.description().width();
      List<Site> inBlock =
          backbone.sites(Site.Kind.LINEAR).stream()
              .filter(site -> site.name().startsWith("layers.0.feed-forward."))
              .toList();
      long f = inBlock.get(0).out();
      long tasks = 3;
      long rank = 4;
      assertEquals(checkpoint.equals("llama") ? 3 : 2, inBlock.size());
      assertEquals(
          inBlock.size() * rank * (d + f) * layers * (tasks + 1)
              + 2 * d * layers
              + tasks * d * layers,
          sizes.values().stream().mapToLong(Long::longValue).sum());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void paddingAndWhatStandsUnderItDoNotCount(String checkpoint) {
    try (OpenRun run = open(checkpoint)) {
      run.within(
          host -> {
            Wiring wiring = training(run, 0);
            randomise(host, wiring.params());
            Expert shared = wiring.mixtures().get(0).experts().get(0);
            Capture pooled = Capture.pooled(shared, wiring.mixtures().get(0).sites());
            Request request = Request.of(wiring).capturing(List.of(pooled));
            Batch batch = host.batch(run.examples(0));
            for (long filler : List.of(0L, 5L)) {
              Batch longer = padded(batch, 4, filler, host.scope());
              var expected = host.pass(batch, request);
              var found = host.pass(longer, request);
              assertArrayEquals(
                  expected.scores().orElseThrow().toFloatArray(),
                  found.scores().orElseThrow().toFloatArray(),
                  ROUNDING);
              for (int l = 0; l < pooled.sites().size(); l++) {
                assertArrayEquals(
                    expected.forward().capture(pooled).get(l).toFloatArray(),
                    found.forward().capture(pooled).get(l).toFloatArray(),
                    ROUNDING);
              }
            }
            return true;
          });
    }
  }

  private static Batch padded(Batch batch, int columns, long filler, NDManager scope) {
    long rows = batch.tokens().getShape().get(0);
    long length = batch.tokens().getShape().get(1);
    NDArray more = scope.full(new Shape(rows, columns), (int) filler, DataType.INT64);
    NDArray none = scope.zeros(new Shape(rows, columns));
    NDArray real = batch.mask().toType(DataType.INT64, false);
    NDArray hidden = batch.tokens().mul(real).add(real.sub(1).abs().mul(scope.create(filler)));
    long[] read = batch.rows().toLongArray();
    for (int i = 0; i < read.length; i++) {
      read[i] += read[i] / length * columns;
    }
    return new Batch(
        batch.examples(),
        hidden.concat(more, 1),
        batch.mask().concat(none, 1),
        scope.create(read),
        batch.targets(),
        batch.allowed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void rowsDoNotSeeEachOther(String checkpoint) {
    try (OpenRun run = open(checkpoint)) {
      run.within(
          host -> {
            Wiring wiring = training(run, 0);
            randomise(host, wiring.params());
            List<Example> examples = run.examples(0);
            float[][] together = rows(scores(host, host.batch(examples), wiring));
            List<Example> reversed = new ArrayList<>(examples);
            Collections.reverse(reversed);
            float[][] backwards = rows(scores(host, host.batch(reversed), wiring));
            for (int b = 0; b < examples.size(); b++) {
              float[] alone =
                  scores(host, host.batch(List.of(examples.get(b))), wiring).toFloatArray();
              assertArrayEquals(together[b], alone, ROUNDING);
              assertArrayEquals(together[b], backwards[examples.size() - 1 - b], ROUNDING);
            }
            return true;
          });
    }
  }

  private static float[][] rows(NDArray scores) {
    float[][] rows = new float[(int) scores.getShape().get(0)][];
    for (int b = 0; b < rows.length; b++) {
      rows[b] = scores.get(b).toFloatArray();
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void theMeanOverOneTokenIsThatToken(String checkpoint) {
    try (OpenRun run = open(checkpoint)) {
      run.within(
          host -> {
            Wiring wiring = training(run, 0);
            randomise(host, wiring.params());
            Expert shared = wiring.mixtures().get(0).experts().get(0);
            List<Site> blocks = wiring.mixtures().get(0).sites();
            Capture pooled = Capture.pooled(shared, blocks);
            Capture last =
                new Capture(
                    Capture.What.EXPERT_OUTPUT,
                    blocks,
                    Optional.of(shared),
                    Capture.Pool.LAST,
                    false);
            Batch one = firstToken(host.batch(run.examples(0).subList(0, 1)), host.scope());
            var pass = host.pass(one, Request.of(wiring).capturing(List.of(pooled, last)));
            for (int l = 0; l < blocks.size(); l++) {
              assertArrayEquals(
                  pass.forward().capture(last).get(l).toFloatArray(),
                  pass.forward().capture(pooled).get(l).toFloatArray(),
                  ROUNDING);
            }
            return true;
          });
    }
  }

  private static Batch firstToken(Batch batch, NDManager scope) {
    return new Batch(
        batch.examples(),
        batch.tokens().get(":, 0:1"),
        batch.mask().get(":, 0:1"),
        scope.create(new long[] {0}),
        batch.targets(),
        batch.allowed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void weightsAddUpToOneAndSwappingBothSidesChangesNothing(String checkpoint) {
    try (OpenRun run = open(checkpoint)) {
      run.within(
          host -> {
            Wiring wiring = training(run, 0);
            randomise(host, wiring.params());
            Mixture mixture = wiring.mixtures().get(0);
            Batch batch = host.batch(run.examples(0));
            Capture routing = Capture.of(Capture.What.ROUTING, mixture.sites(), Capture.Pool.NONE);
            var pass = host.pass(batch, Request.of(wiring).capturing(List.of(routing)));
            for (NDArray weights : pass.forward().capture(routing)) {
              for (float sum : weights.sum(new int[] {2}).toFloatArray()) {
                assertEquals(1, sum, ROUNDING);
              }
              for (float weight : weights.toFloatArray()) {
                assertTrue(weight > 0 && weight < 1, "weight " + weight);
              }
            }
            List<Expert> swapped = List.of(mixture.experts().get(1), mixture.experts().get(0));
            Wiring other =
                Wiring.of(new Mixture(mixture.sites(), swapped, turned(mixture.router())));
            assertArrayEquals(
                scores(host, batch, wiring).toFloatArray(),
                scores(host, batch, other).toFloatArray(),
                ROUNDING);
            return true;
          });
    }
  }

  /** The weights of two experts, the other way round. */
  private static Router turned(Router router) {
    return input -> {
      NDArray weights = router.weights(input);
      return weights.get("..., 1:2").concat(weights.get("..., 0:1"), 2);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void withEqualExpertsTheRouterDoesNotMatter(String checkpoint) {
    try (OpenRun run = open(checkpoint)) {
      run.within(
          host -> {
            Wiring wiring = training(run, 0);
            randomise(host, wiring.params());
            Mixture mixture = wiring.mixtures().get(0);
            Expert twin = mixture.experts().get(0);
            Batch batch = host.batch(run.examples(0));
            List<float[]> scores = new ArrayList<>();
            for (Router router :
                List.of(mixture.router(), new Router.Constant(List.of(0.9, 0.1)))) {
              Mixture same = new Mixture(mixture.sites(), List.of(twin, twin), router);
              scores.add(scores(host, batch, Wiring.of(same)).toFloatArray());
            }
            assertArrayEquals(scores.get(0), scores.get(1), ROUNDING);
            return true;
          });
    }
  }
}

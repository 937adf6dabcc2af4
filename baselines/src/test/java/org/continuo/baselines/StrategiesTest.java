package org.continuo.baselines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.continuo.api.plugin.Capability;
import org.continuo.testkit.TinyRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every strategy of the module keeps to, on whole runs of a tiny random model. */
class StrategiesTest {
  private static final String ALLOWED = "protocol.future-data=true";

  @TempDir private Path folder;

  /** Every strategy with its defaults, and variants that take another way. */
  static Stream<String> blocks() {
    return Stream.concat(
        Baselines.strategies().stream().filter(id -> !id.equals("combine")),
        Stream.of(
            "{ type = sequential, trains = full-weights }",
            "{ type = joint, sampling = balanced }",
            "{ type = replay, memory { select = herding, budget = 6, per = class }, ratio = 0.4 }",
            "{ type = replay, memory { select = class-balanced, budget = 7 } }",
            "{ type = ewc, mode = online, gamma = 0.9, estimator = sampled }",
            "{ type = ewc, estimator = batch-gradient }",
            "{ type = o-lora, active = own, overlap = squared, lambda2 = 0.1, sites = [gate, down] }",
            "{ type = mocl, mix = block, sites = [gate, up, down], query = embedding-mean,"
                + " project-query = true, vectors = normal, composed = seen, trained-vectors = own }",
            "{ type = mocl, weights = batch-mean, matching = 0 }",
            "{ type = l2p, query = embedding-mean, first = uniform, learning-rate = 0.1 }",
            "{ type = progressive-prompts, network = 0 }",
            "{ type = combine, of = [replay, ewc, lwf, a-gem, der-plus-plus] }",
            "{ type = combine, of = [ewc, { type = sequential, trains = full-weights }] }",
            "{ type = combine, of = [o-lora, replay] }",
            "{ type = combine, of = [progressive-prompts, { type = ewc, mode = online }] }",
            "{ type = combine, of = [mocl, der-plus-plus] }"));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void leavesAloneWhatItDoesNotTrainRepeatsItselfAndGoesOnWhereItWasKilled(String block) {
    TinyRun.Result watched = Baselines.of(block, ALLOWED).around(Watched::around).run(folder);
    TinyRun.Resumed again = Baselines.of(block, ALLOWED).resumed(folder);
    assertEquals(3, watched.accuracy().size());
    assertEquals(watched.accuracy(), again.whole().accuracy());
    assertEquals(watched.predictions(), again.whole().predictions());
    again.assertBitEqual();
  }

  @ParameterizedTest
  @ValueSource(strings = {"replay", "ewc", "lwf", "a-gem"})
  void anAddOnTrainsTheFirstTaskAsItsBaseDoes(String addOn) {
    TinyRun.Result base = Baselines.of("sequential").run(folder);
    TinyRun.Result with = Baselines.of(addOn).run(folder);
    assertEquals(base.predictions(0), with.predictions(0));
    assertNotEquals(base.predictions(), with.predictions());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ type = replay, weight = 0 }",
        "{ type = replay, ratio = 0 }",
        "{ type = ewc, lambda = 0 }",
        "{ type = lwf, alpha = 0 }",
        "{ type = der-plus-plus, alpha = 0, beta = 0 }"
      })
  void anAddOnOfWeightZeroIsItsBase(String addOn) {
    assertEquals(
        Baselines.of("sequential").run(folder).predictions(),
        Baselines.of(addOn).run(folder).predictions());
  }

  @Test
  void incrementalExpertsAreOrthogonalOnesWithoutTheConstraint() {
    String options = ", expert { type = lora, rank = 4, alpha = 8 }, sites = [query] }";
    TinyRun.Result incremental = Baselines.of("{ type = incremental-lora" + options).run(folder);
    TinyRun.Result free = Baselines.of("{ type = o-lora, lambda1 = 0" + plain(options)).run(folder);
    assertEquals(incremental.predictions(), free.predictions());
    TinyRun.Result held = Baselines.of("{ type = o-lora, lambda1 = 1" + plain(options)).run(folder);
    assertNotEquals(incremental.predictions(), held.predictions());
    assertEquals(incremental.predictions(0), held.predictions(0));
  }

  /** o-lora's default expert has dropout. */
  private static String plain(String options) {
    return options.replace("alpha = 8", "alpha = 8, dropout = 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"per-task", "{ type = o-lora, active = own }", "progressive-prompts"})
  void whatATaskUsesAloneDoesNotChangeLater(String block) {
    TinyRun.Result result = Baselines.of(block).run(folder);
    String first = result.predictions().get("0-task0--task0.jsonl");
    assertEquals(first, result.predictions().get("1-task1--task0.jsonl"));
    assertEquals(first, result.predictions().get("2-task2--task0.jsonl"));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void needsNoTaskIdUnlessItSaysSo(String block) {
    TinyRun run =
        Baselines.of(block, ALLOWED, "evaluation.task-id=inferred", "evaluation.zero-shot=false");
    List<String> refusals = run.refusals();
    boolean needed = run.needs().contains(Capability.TASK_ID_AT_TEST);
    assertEquals(needed, !refusals.isEmpty(), refusals::toString);
    if (!needed) {
      assertEquals(3, run.run(folder).accuracy().size());
    }
  }
}

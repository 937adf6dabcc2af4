package org.continuo.baselines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.continuo.api.plugin.Capability;
import org.continuo.core.config.Bound;
import org.continuo.core.config.Choice;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plan.Planner;
import org.continuo.core.plugin.PluginRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every strategy of the module keeps to, on whole runs of a tiny random model. */
class StrategiesTest {
  private static final String ALLOWED = "protocol.future-data=true";

  /** Every strategy with its defaults, and variants that take another way. */
  static Stream<String> blocks() {
    return Stream.concat(
        TinyRun.strategies().stream().filter(id -> !id.equals("combine")),
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
  void leavesAloneWhatItDoesNotTrainRepeatsItselfAndGoesOnWhereItWasKilled(
      String block, @TempDir Path folder) {
    TinyRun.Left watched = TinyRun.of(block, ALLOWED).around(Watched::around).run();
    TinyRun.Resumed again = TinyRun.of(block, ALLOWED).resumed(folder);
    assertTrue(watched.matrix().finished());
    assertEquals(watched.matrix(), again.whole().matrix());
    assertEquals(watched.predictions(), again.whole().predictions());
    assertEquals(again.whole().matrix(), again.resumed().matrix());
    assertEquals(again.whole().predictions(), again.resumed().predictions());
    assertEquals(again.whole().losses(), again.resumed().losses());
  }

  @ParameterizedTest
  @ValueSource(strings = {"replay", "ewc", "lwf", "a-gem"})
  void anAddOnTrainsTheFirstTaskAsItsBaseDoes(String addOn) {
    TinyRun.Left base = TinyRun.of("sequential").run();
    TinyRun.Left with = TinyRun.of(addOn).run();
    assertEquals(base.first(), with.first());
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
        TinyRun.of("sequential").run().predictions(), TinyRun.of(addOn).run().predictions());
  }

  @Test
  void incrementalExpertsAreOrthogonalOnesWithoutTheConstraint() {
    String options = ", expert { type = lora, rank = 4, alpha = 8 }, sites = [query] }";
    TinyRun.Left incremental = TinyRun.of("{ type = incremental-lora" + options).run();
    TinyRun.Left free = TinyRun.of("{ type = o-lora, lambda1 = 0" + plain(options)).run();
    assertEquals(incremental.predictions(), free.predictions());
    TinyRun.Left held = TinyRun.of("{ type = o-lora, lambda1 = 1" + plain(options)).run();
    assertNotEquals(incremental.predictions(), held.predictions());
    assertEquals(incremental.first(), held.first());
  }

  /** o-lora's default expert has dropout. */
  private static String plain(String options) {
    return options.replace("alpha = 8", "alpha = 8, dropout = 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"per-task", "{ type = o-lora, active = own }", "progressive-prompts"})
  void whatATaskUsesAloneDoesNotChangeLater(String block) {
    TinyRun.Left left = TinyRun.of(block).run();
    String first = left.predictions().get("0-task0--task0.jsonl");
    assertEquals(first, left.predictions().get("1-task1--task0.jsonl"));
    assertEquals(first, left.predictions().get("2-task2--task0.jsonl"));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void needsNoTaskIdUnlessItSaysSo(String block, @TempDir Path folder) throws Exception {
    TinyRun run =
        TinyRun.of(block, ALLOWED, "evaluation.task-id=inferred", "evaluation.zero-shot=false");
    Bound<Experiment> bound = run.bound(folder);
    List<String> problems = Planner.capabilityProblems(bound);
    boolean needed =
        bound.choices().stream().anyMatch(c -> needs(c).contains(Capability.TASK_ID_AT_TEST));
    assertEquals(needed, !problems.isEmpty(), problems.toString());
    if (!needed) {
      assertTrue(run.run().matrix().finished());
    }
  }

  private static Set<Capability> needs(Choice choice) {
    return PluginRegistry.of(List.of(choice.plugin()))
        .entry(choice.plugin())
        .needs(choice.options());
  }
}

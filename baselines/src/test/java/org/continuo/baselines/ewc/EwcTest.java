package org.continuo.baselines.ewc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Host;
import org.continuo.api.tensor.Tensors;
import org.continuo.baselines.Probe;
import org.continuo.baselines.TinyRun;
import org.junit.jupiter.api.Test;

class EwcTest {

  private static void afterTheFirstTask(BiConsumer<Host, Task> look) {
    Probe.afterTasks("sequential", look, "stream.tasks=1");
  }

  private static Tensors estimate(
      Host host, Fisher.Estimator estimator, List<Example> examples, int batchSize) {
    return new Fisher(host, name -> name.contains("expert"))
        .estimate(estimator, examples, batchSize);
  }

  private static double distance(Tensors a, Tensors b) {
    assertEquals(a.map().keySet(), b.map().keySet());
    return Math.sqrt(a.minus(b).square().sum().getFloat());
  }

  @Test
  void theFisherInformationIsTheMeanOfSquaredGradientsOfSingleExamples() {
    afterTheFirstTask(
        (host, task) -> {
          List<Example> examples = host.trainingData().subList(0, 6);
          Tensors byHand = Tensors.EMPTY;
          for (Example example : examples) {
            Tensors gradient =
                host.gradient(() -> host.loss(host.passes(List.of(example))))
                    .filter(name -> name.contains("expert"));
            byHand = byHand.plus(gradient.square().times(1.0 / 6));
          }
          Tensors estimated = estimate(host, Fisher.Estimator.EMPIRICAL, examples, 8);
          double size = Math.sqrt(byHand.square().sum().getFloat());
          assertTrue(size > 0);
          assertEquals(0, distance(byHand, estimated) / size, 1e-5);
          estimated.map().values().forEach(f -> assertTrue(f.min().getFloat() >= 0));
          assertTrue(estimated.map().keySet().stream().noneMatch(name -> name.startsWith("head")));
        });
  }

  @Test
  void perExampleEstimatesDoNotDependOnTheBatchSizeAndThatOfBatchesDoes() {
    afterTheFirstTask(
        (host, task) -> {
          List<Example> examples = host.trainingData().subList(0, 8);
          for (Fisher.Estimator each :
              List.of(Fisher.Estimator.EMPIRICAL, Fisher.Estimator.SAMPLED)) {
            Tensors one = estimate(host, each, examples, 1);
            Tensors eight = estimate(host, each, examples, 8);
            double size = Math.sqrt(one.square().sum().getFloat());
            assertEquals(0, distance(one, eight) / size, 1e-5, each.name());
          }
          Tensors single = estimate(host, Fisher.Estimator.EMPIRICAL, examples, 1);
          Tensors batchesOfOne = estimate(host, Fisher.Estimator.BATCH_GRADIENT, examples, 1);
          Tensors batchesOfFour = estimate(host, Fisher.Estimator.BATCH_GRADIENT, examples, 4);
          double size = single.sum().getFloat();
          assertEquals(0, distance(single, batchesOfOne) / size, 1e-5);
          assertTrue(batchesOfFour.sum().getFloat() < 0.9 * size);
        });
  }

  @Test
  void answersAreDrawnFromTheSoftmax() {
    double[] scores = {0, Math.log(3)};
    assertEquals(0, Fisher.drawn(scores, 0.2499));
    assertEquals(1, Fisher.drawn(scores, 0.2501));
    assertEquals(1, Fisher.drawn(scores, 0.9999));
    assertEquals(2, Fisher.drawn(new double[] {-1e9, -1e9, 5}, 0.0));
  }

  private static Tensors tensors(NDManager manager, float... values) {
    return new Tensors(Map.of("w", manager.create(values, new Shape(values.length))));
  }

  @Test
  void thePenaltyIsTheWeightedSquaredDistance() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Tensors fisher = tensors(manager, 2, 0, 0.5f);
      Tensors anchor = tensors(manager, 1, 1, 1);
      // 2 * 9 + 0 * 1 + 0.5 * 4
      assertEquals(20, penalty(tensors(manager, 4, 2, -1), anchor, fisher));
      assertEquals(0, penalty(anchor, anchor, fisher));
      assertTrue(Ewc.penalty(anchor, Tensors.EMPTY, Tensors.EMPTY).isEmpty());
    }
  }

  private static float penalty(Tensors now, Tensors anchor, Tensors fisher) {
    return Ewc.penalty(now, anchor, fisher).orElseThrow().getFloat();
  }

  /** Two anchors at one place: their penalties are that of the summed Fisher information. */
  @Test
  void onlineWithoutDecayEqualsSeparateAnchorsAtOnePlace() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Tensors now = tensors(manager, 0.3f, -2, 5);
      Tensors anchor = tensors(manager, 1, 1, 1);
      Tensors first = tensors(manager, 2, 0, 0.5f);
      Tensors second = tensors(manager, 0.25f, 3, 1);
      double gamma = 1;
      assertEquals(
          penalty(now, anchor, first) + penalty(now, anchor, second),
          penalty(now, anchor, first.times(gamma).plus(second)),
          1e-5f);
    }
  }

  @Test
  void penaltyAndGradientAreZeroAtTheAnchorAndPullBackBesideIt() {
    afterTheFirstTask(
        (host, task) -> {
          host.keep("anchor", host.trained());
          Tensors anchor = host.kept("anchor");
          Tensors fisher = anchor.each(NDArray::onesLike);
          Tensors at = host.gradient(() -> penaltyOf(host, anchor, fisher));
          at.map().values().forEach(g -> assertEquals(0, g.abs().max().getFloat()));
          host.assign(host.trained().each(x -> x.add(0.5f)));
          Tensors beside = host.gradient(() -> penaltyOf(host, anchor, fisher));
          beside
              .map()
              .values()
              .forEach(
                  g -> {
                    float[] expected = new float[(int) g.size()];
                    Arrays.fill(expected, 1);
                    assertArrayEquals(expected, g.toFloatArray(), 1e-5f);
                  });
        });
  }

  private static NDArray penaltyOf(Host host, Tensors anchor, Tensors fisher) {
    return Ewc.penalty(host.trained(), anchor, fisher).orElseThrow();
  }

  /** The first step of a task starts at the anchor; from the second on there is a pull. */
  @Test
  void theTermIsThereFromTheSecondTaskOn() {
    for (String mode : List.of("offline", "online")) {
      TinyRun.Left left = TinyRun.of("{ type = ewc, mode = " + mode + " }").run();
      assertEquals(List.of(), left.term("task0", "ewc"));
      List<Double> second = left.term("task1", "ewc");
      assertEquals(0, second.get(0));
      assertTrue(second.get(second.size() - 1) > 0);
      assertFalse(left.term("task2", "ewc").isEmpty());
    }
  }

  @Test
  void aStrongPullKeepsTheExpert() {
    TinyRun.Left free = TinyRun.of("sequential").run();
    TinyRun.Left held = TinyRun.of("{ type = ewc, lambda = 1e7 }").run();
    assertTrue(
        changed(held) < changed(free), "changed answers: " + changed(held) + ", " + changed(free));
  }

  private static long changed(TinyRun.Left left) {
    List<String> then = left.predictions().get("0-task0--task0.jsonl").lines().toList();
    List<String> last = left.predictions().get("2-task2--task0.jsonl").lines().toList();
    return then.stream()
        .filter(line -> last.stream().noneMatch(l -> answer(l).equals(answer(line))))
        .count();
  }

  private static String answer(String line) {
    return line.substring(0, line.indexOf("\"expected\""));
  }
}

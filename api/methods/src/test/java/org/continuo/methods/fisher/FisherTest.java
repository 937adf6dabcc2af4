package org.continuo.methods.fisher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.lang.reflect.Proxy;
import java.util.List;
import org.continuo.api.data.Example;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.tensor.Tensors;
import org.continuo.methods.Look;
import org.junit.jupiter.api.Test;

class FisherTest {
  private static Tensors estimate(
      Host host, Fisher.Estimator estimator, List<Example> examples, int batchSize) {
    return new Fisher(host, name -> name.contains("task/all"))
        .estimate(estimator, examples, batchSize);
  }

  private static double distance(Tensors a, Tensors b) {
    assertEquals(a.map().keySet(), b.map().keySet());
    return Math.sqrt(a.minus(b).square().sum().getFloat());
  }

  private static double size(Tensors tensors) {
    double size = Math.sqrt(tensors.square().sum().getFloat());
    assertTrue(size > 0);
    return size;
  }

  @Test
  void itIsTheMeanOfSquaredGradientsOfSingleExamples() {
    Look.afterEachTask(
        (host, task) -> {
          List<Example> examples = host.trainingData().subList(0, 6);
          Tensors byHand = Tensors.EMPTY;
          for (Example example : examples) {
            Tensors gradient =
                host.gradient(() -> host.loss(host.passes(List.of(example))))
                    .filter(name -> name.contains("task/all"));
            byHand = byHand.plus(gradient.square().times(1.0 / 6));
          }
          Tensors estimated = estimate(host, Fisher.Estimator.EMPIRICAL, examples, 8);
          assertEquals(0, distance(byHand, estimated) / size(byHand), 1e-5);
          estimated.map().values().forEach(f -> assertTrue(f.min().getFloat() >= 0));
          assertTrue(estimated.map().keySet().stream().noneMatch(name -> name.startsWith("head")));
          // the head chooses, so the loss is the log-probability of the answer
          Tensors ofLoss = new Fisher(host, name -> name.contains("task/all")).ofLoss(examples);
          assertEquals(0, distance(ofLoss, estimated));
        });
  }

  @Test
  void estimatesPerExampleDoNotDependOnTheBatchSizeAndThatOfBatchesDoes() {
    Look.afterEachTask(
        (host, task) -> {
          List<Example> examples = host.trainingData().subList(0, 8);
          for (Fisher.Estimator each :
              List.of(Fisher.Estimator.EMPIRICAL, Fisher.Estimator.SAMPLED)) {
            Tensors one = estimate(host, each, examples, 1);
            Tensors eight = estimate(host, each, examples, 8);
            assertEquals(0, distance(one, eight) / size(one), 1e-5, each.name());
          }
          Tensors single = estimate(host, Fisher.Estimator.EMPIRICAL, examples, 1);
          Tensors batchesOfOne = estimate(host, Fisher.Estimator.BATCH_GRADIENT, examples, 1);
          Tensors batchesOfFour = estimate(host, Fisher.Estimator.BATCH_GRADIENT, examples, 4);
          assertEquals(0, distance(single, batchesOfOne) / size(single), 1e-5);
          assertTrue(batchesOfFour.sum().getFloat() < 0.9 * single.sum().getFloat());
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

  @Test
  void withoutExamplesThereIsNothingToEstimateFrom() {
    Look.afterEachTask(
        (host, task) -> {
          for (Fisher.Estimator each : Fisher.Estimator.values()) {
            assertEquals(
                "Fisher information: found no example, expected at least one; give the task"
                    + " examples",
                assertThrows(
                        IllegalArgumentException.class, () -> estimate(host, each, List.of(), 4))
                    .getMessage());
          }
        });
  }

  @Test
  void aHeadThatWritesHasNoLabelsToDrawFrom() {
    Head writes =
        (Head)
            Proxy.newProxyInstance(
                Head.class.getClassLoader(),
                new Class<?>[] {Head.class},
                (proxy, method, arguments) -> {
                  throw new AssertionError(method);
                });
    Look.afterEachTask(
        (host, task) -> {
          Host written =
              (Host)
                  Proxy.newProxyInstance(
                      Host.class.getClassLoader(),
                      new Class<?>[] {Host.class},
                      (proxy, method, arguments) -> {
                        assertEquals("head", method.getName());
                        return writes;
                      });
          assertEquals(
              "estimator 'sampled' draws one of a task's labels, but the head writes text; use"
                  + " estimator = empirical",
              assertThrows(
                      IllegalArgumentException.class,
                      () -> estimate(written, Fisher.Estimator.SAMPLED, host.trainingData(), 4))
                  .getMessage());
        });
  }

  @Test
  void nothingWantedIsNothingEstimated() {
    Look.afterEachTask(
        (host, task) -> {
          Fisher none = new Fisher(host, name -> false);
          assertTrue(none.ofLoss(host.trainingData().subList(0, 1)).isEmpty());
          Tensors all = new Fisher(host, name -> true).ofLoss(host.trainingData().subList(0, 1));
          assertEquals(host.trained().map().keySet(), all.map().keySet());
          for (NDArray f : all.map().values()) {
            assertFalse(f.isNaN().any().getBoolean());
          }
        });
  }
}

package org.continuo.moecl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Objective;
import org.continuo.api.learning.Pass;
import org.continuo.api.model.Request;
import org.continuo.api.tensor.Autograd;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;
import org.continuo.testkit.OpenRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a discriminator can learn from its labels, the experts held still: descent on its own loss,
 * task after task. Its accuracy is that of the tasks it names for texts nobody gave a task.
 */
class DiscriminatorTest {
  private static final int STEPS = 100;
  private static final double RATE = 0.5;

  /** The share of each task's texts that are named rightly after all three tasks. */
  private static List<Double> accuracy(String checkpoint, String labels) {
    try (OpenRun run =
        MoeClRun.of(
                Fixtures.checkpoint(checkpoint),
                TestTasks.three(12),
                """
            strategy {
              mode = paper, identify { by = discriminator }
              adversary { labels = %s, objective = confusion, classes = seen, weight = 1 }
            }
            training { epochs = 1, batch-size = 12, learning-rate = 0, select-best = false }
            evaluation { task-id = inferred }
            """
                    .formatted(labels))
            .open()) {
      MoeClRun.wakeSharedExpert(run);
      for (int task = 0; task < 3; task++) {
        run.train(task);
        for (int step = 0; step < STEPS; step++) {
          int current = task;
          double rate = RATE * (STEPS - step) / STEPS;
          run.within(
              host -> {
                descend(run, host, current, rate, labels.equals("replayed"));
                return true;
              });
        }
      }
      List<Double> accuracy = new ArrayList<>();
      for (int task = 0; task < 3; task++) {
        accuracy.add(run.test(task).routed().orElseThrow());
      }
      return accuracy;
    }
  }

  /** One step of gradient descent on the discriminator's loss, whatever its size. */
  private static void descend(OpenRun run, Host host, int current, double rate, boolean earlier) {
    if (current == 0) {
      return; // one task: nothing to tell apart
    }
    Contribution contribution = run.strategy().contribute(run.task(current));
    Objective.Loss loss =
        contribution.objective().losses().stream()
            .filter(l -> l.name().equals("discriminator"))
            .findFirst()
            .orElseThrow();
    List<Param> classifiers =
        contribution.objective().groups().stream()
            .flatMap(group -> group.params().stream())
            .filter(param -> param.name().contains("/discriminator/"))
            .toList();
    Tensors gradient =
        host.gradient(
            () -> {
              List<Pass> passes = new ArrayList<>();
              for (int task = earlier ? 0 : current; task <= current; task++) {
                passes.add(pass(run, host, contribution, task, task == current));
              }
              return loss.value().apply(new GivenStep(0, STEPS, passes)).orElseThrow();
            },
            classifiers);
    double norm = Math.sqrt(gradient.dot(gradient));
    Map<String, NDArray> moved = new HashMap<>();
    for (Param param : classifiers) {
      NDArray step = Autograd.scale(gradient.get(param.name()), rate / Math.max(norm, 1e-3));
      moved.put(param.name(), param.value().sub(step));
    }
    host.assign(new Tensors(moved));
  }

  private static Pass pass(
      OpenRun run, Host host, Contribution contribution, int task, boolean current) {
    Task named = run.task(task);
    List<Example> rows = run.examples(task);
    Request request =
        new Request(
            contribution.objective().wiring().orElseThrow().apply(named.name()),
            Request.Positions.ROWS,
            contribution.objective().captures(),
            false);
    Pass made = host.pass(host.batch(rows), request);
    String role = current ? Pass.TASK : "adversary";
    return new Pass(role, made.batch(), made.request(), made.forward(), made.scores());
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void constantLabelsTeachItOneAnswer(String checkpoint) {
    List<Double> accuracy = accuracy(checkpoint, "current");
    assertTrue(accuracy.get(2) > 0.9, accuracy.toString());
    assertTrue(accuracy.get(0) < 0.1 && accuracy.get(1) < 0.1, accuracy.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void labelsThatContrastTeachItToTellAllTasksApart(String checkpoint) {
    List<Double> accuracy = accuracy(checkpoint, "replayed");
    assertTrue(accuracy.stream().allMatch(share -> share > 0.6), accuracy.toString());
  }
}

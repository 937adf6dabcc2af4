package org.continuo.moecl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Pass;
import org.continuo.api.learning.Step;
import org.continuo.api.tensor.Tensors;
import org.continuo.testkit.OpenRun;
import org.continuo.testkit.TrainedStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code mode = reference} computes what the authors' code does: three steps on one task, three on
 * another, by the run's own trainer. Another folder: {@code -Dcontinuo.fixtures.moe-cl=DIR}.
 */
class ReferenceParityTest {
  private static final double TOLERANCE = 1e-5;

  @TempDir private Path temporary;
  private final Map<String, float[]> gradients = new TreeMap<>();
  private final Map<String, float[]> logits = new HashMap<>();

  private static Path folder() {
    String set = System.getProperty("continuo.fixtures.moe-cl", "");
    return Path.of(set.isEmpty() ? "src/test/fixtures/reference" : set);
  }

  @Test
  void lossesLogitsGradientsAndSixStepsAreThoseOfTheAuthorsCode() throws IOException {
    ReferenceFixture fixture = new ReferenceFixture(folder());
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
        OpenRun run =
            MoeClRun.of(fixture.checkpoint(temporary), fixture.stream(manager), settings(fixture))
                .atEachStep(this::look)
                .open()) {
      assign(fixture.tensors("trainable-initial.safetensors", manager), fixture, run);
      for (int t : stages(fixture)) {
        run.train(t - 1);
      }
      assertLosses(fixture, run.steps());
      assertLogits(fixture, run);
      assertClose(
          "gradient of", gradients, fixture.tensors("gradients.safetensors", manager), fixture);
      Map<String, float[]> trained = run.parameters();
      trained.keySet().removeIf(name -> name.startsWith("backbone/"));
      Map<String, NDArray> expected = fixture.tensors("trainable-initial.safetensors", manager);
      expected.putAll(fixture.tensors("trainable-after-6-steps.safetensors", manager));
      assertClose("after six steps", trained, expected, fixture);
    }
  }

  /** Each task of the trajectory once, numbered from 1. */
  private static List<Integer> stages(ReferenceFixture fixture) {
    List<Integer> stages = new ArrayList<>();
    fixture
        .expected
        .get("trajectory")
        .forEach(
            step -> {
              if (!stages.contains(step.get("taskNumber").asInt())) {
                stages.add(step.get("taskNumber").asInt());
              }
            });
    return stages;
  }

  private static String settings(ReferenceFixture fixture) {
    int rows = fixture.expected.get("tokens").size();
    int steps = fixture.expected.get("trajectory").size() / stages(fixture).size();
    return """
        strategy {
          mode = reference
          expert { rank = %s, alpha = %s, dropout = 0 }
          adversary { weight = %s }
        }
        training {
          epochs = %d, batch-size = %d, learning-rate = %s, weight-decay = %s
          clip-norm = 0, select-best = false
        }
        """
        .formatted(
            fixture.expected.get("rank"),
            fixture.expected.get("alpha"),
            fixture.expected.get("adversaryWeight"),
            steps,
            rows,
            fixture.expected.get("optimizer").get("learningRate"),
            fixture.expected.get("optimizer").get("weightDecay"));
  }

  /** Keeps what the first step computes. */
  private void look(Step step, Tensors gradient) {
    if (gradients.isEmpty()) {
      gradient.map().forEach((name, array) -> gradients.put(name, array.toFloatArray()));
      for (Pass pass : step.passes(Pass.TASK)) {
        NDArray scores = pass.scores().orElseThrow();
        List<Example> rows = pass.batch().examples();
        for (int b = 0; b < rows.size(); b++) {
          logits.put(rows.get(b).id(), scores.get(b).toFloatArray());
        }
      }
    }
  }

  private static void assign(Map<String, NDArray> initial, ReferenceFixture fixture, OpenRun run) {
    Set<String> assigned = new HashSet<>();
    run.within(
        host -> {
          Map<String, NDArray> values = new HashMap<>();
          for (Task task : run.tasks()) {
            run.trained(task.index()).forEach(p -> values.put(p.name(), p.value()));
            host.head().params(task).forEach(p -> values.put(p.name(), p.value()));
          }
          values.replaceAll(
              (name, fresh) -> {
                ReferenceFixture.Place place = fixture.place(name);
                assigned.add(place.tensor());
                NDArray whole = initial.get(place.tensor());
                return place.row() < 0 ? whole : whole.get(place.row() + ":" + (place.row() + 1));
              });
          host.assign(new Tensors(values));
          return true;
        });
    assertEquals(initial.keySet(), assigned);
  }

  private static void assertLosses(ReferenceFixture fixture, List<TrainedStep> steps) {
    assertEquals(fixture.expected.get("trajectory").size(), steps.size());
    for (int i = 0; i < steps.size(); i++) {
      var expected = fixture.expected.get("trajectory").get(i);
      Map<String, Double> losses = steps.get(i).losses();
      assertEquals(
          expected.get("taskLoss").asDouble(), losses.get("task"), TOLERANCE, "task loss " + i);
      assertEquals(
          expected.get("auxLoss").asDouble(),
          losses.get("adversary"),
          TOLERANCE,
          "adversary's loss " + i);
    }
  }

  private void assertLogits(ReferenceFixture fixture, OpenRun run) {
    List<float[]> expected = fixture.logits();
    List<Example> rows = run.examples(fixture.expected.get("taskNumber").asInt() - 1);
    for (int b = 0; b < expected.size(); b++) {
      float[] found = logits.get(rows.get(b).id());
      assertClose("logits of row " + b, found, expected.get(b));
    }
  }

  /** Tensors by tensors: of several that theirs holds together, the rows are put together. */
  private static void assertClose(
      String what,
      Map<String, float[]> found,
      Map<String, NDArray> expected,
      ReferenceFixture fixture) {
    Map<String, float[]> whole = new TreeMap<>();
    found.forEach(
        (name, values) -> {
          ReferenceFixture.Place place = fixture.place(name);
          NDArray theirs = expected.get(place.tensor());
          assertTrue(theirs != null, what + " " + name + ": not in the fixture");
          float[] all = whole.computeIfAbsent(place.tensor(), t -> new float[(int) theirs.size()]);
          int start = Math.max(place.row(), 0) * values.length;
          System.arraycopy(values, 0, all, start, values.length);
        });
    assertEquals(expected.keySet(), whole.keySet());
    whole.forEach(
        (name, values) ->
            assertClose(what + " " + name, values, expected.get(name).toFloatArray()));
  }

  /** Within the tolerance of the norm. */
  private static void assertClose(String what, float[] found, float[] expected) {
    double difference = 0;
    double norm = 0;
    assertEquals(expected.length, found.length, what);
    for (int i = 0; i < found.length; i++) {
      difference += Math.pow((double) found[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    assertTrue(
        Math.sqrt(difference) <= TOLERANCE * Math.sqrt(norm),
        what + ": " + Math.sqrt(difference) + " of a norm of " + Math.sqrt(norm));
  }
}

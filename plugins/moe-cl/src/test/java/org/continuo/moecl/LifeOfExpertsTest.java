package org.continuo.moecl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.continuo.api.data.Task;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;
import org.continuo.testkit.OpenRun;
import org.continuo.testkit.TrainedStep;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Experts are made when their task arrives, train with it and stay as they are afterwards. */
class LifeOfExpertsTest {
  private static final String TRAINING =
      "\ntraining { epochs = 2, batch-size = 3, learning-rate = 1e-2 }";

  private static OpenRun open(String checkpoint, String options) {
    return MoeClRun.of(
            Fixtures.checkpoint(checkpoint),
            TestTasks.three(),
            "strategy { " + options + " }" + TRAINING)
        .open();
  }

  private static Set<String> changed(Map<String, float[]> before, Map<String, float[]> after) {
    Set<String> names = new TreeSet<>();
    before.forEach(
        (name, values) -> {
          if (!Arrays.equals(values, after.get(name))) {
            names.add(name);
          }
        });
    return names;
  }

  /** The first two parts of the names: {@code moe-cl/shared}, {@code moe-cl/task/task1}. */
  private static Set<String> kinds(Set<String> names) {
    return names.stream()
        .map(
            name -> {
              List<String> parts = List.of(name.split("/", -1));
              boolean long3 = parts.get(1).equals("task");
              return String.join("/", parts.subList(0, long3 ? 3 : 2));
            })
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void asPublishedWhatTasksShareTrainsOnAndNothingElse(String checkpoint) {
    try (OpenRun run = open(checkpoint, "mode = reference")) {
      run.train(0);
      Map<String, float[]> before = run.parameters();
      run.train(1);
      Map<String, float[]> after = run.parameters();
      assertEquals(
          Set.of("moe-cl/discriminator", "moe-cl/router", "moe-cl/shared"),
          kinds(changed(before, after)));
      Set<String> added = new TreeSet<>(after.keySet());
      added.removeAll(before.keySet());
      assertEquals(Set.of("head/task2", "moe-cl/task/task2"), kinds(added));
      assertTrue(before.containsKey("moe-cl/task/task1/layers.0.feed-forward.down.A"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void aSnapshotAndARouterForEachTaskForgetNothing(String checkpoint) {
    try (OpenRun run = open(checkpoint, "mode = improved")) {
      run.train(0);
      float[] first = MoeClRun.hidden(run, 0);
      Map<String, float[]> before = run.parameters();
      run.train(1);
      run.train(2);
      assertArrayEquals(first, MoeClRun.hidden(run, 0), 0f);
      assertEquals(Set.of("moe-cl/discriminator"), kinds(changed(before, run.parameters())));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void aSnapshotStartsFromTheOneBefore(String checkpoint) {
    try (OpenRun run =
        MoeClRun.of(
                Fixtures.checkpoint(checkpoint),
                TestTasks.three(),
                "strategy { mode = improved }\ntraining { epochs = 2, batch-size = 3, learning-rate = 0 }")
            .open()) {
      run.train(0);
      run.within(
          host -> {
            String b = "moe-cl/shared/task1/layers.0.feed-forward.down.B";
            Param param =
                run.trained(0).stream().filter(p -> p.name().equals(b)).findFirst().orElseThrow();
            host.assign(new Tensors(Map.of(b, host.scope().ones(param.shape()))));
            return true;
          });
      run.train(1);
      Map<String, float[]> values = run.parameters();
      for (String part : List.of("layers.0.feed-forward.down.A", "layers.0.feed-forward.down.B")) {
        assertArrayEquals(
            values.get("moe-cl/shared/task1/" + part), values.get("moe-cl/shared/task2/" + part));
      }
      assertEquals(1f, values.get("moe-cl/shared/task2/layers.0.feed-forward.down.B")[0]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"l2", "ewc"})
  void aPullKeepsTheSharedExpertNearer(String control) {
    List<Double> distances = new ArrayList<>();
    for (String drift : List.of("none", control)) {
      try (OpenRun run =
          open(
              "llama",
              "mode = paper, adversary = none, drift { control = %s, strength = %s, fisher-examples = 6 }"
                  .formatted(drift, control.equals("ewc") ? "1e8" : "1e4"))) {
        run.train(0);
        Map<String, float[]> before = run.parameters();
        List<TrainedStep> steps = run.train(1);
        Map<String, float[]> after = run.parameters();
        distances.add(distance(before, after, "moe-cl/shared/"));
        if (drift.equals("none")) {
          assertFalse(steps.get(0).losses().containsKey("drift"));
        } else {
          assertEquals(0.0, steps.get(0).losses().get("drift"), "at the anchor");
          assertTrue(steps.get(3).losses().get("drift") > 0);
        }
      }
    }
    assertTrue(distances.get(1) < 0.8 * distances.get(0), distances.toString());
  }

  private static double distance(
      Map<String, float[]> before, Map<String, float[]> after, String prefix) {
    double sum = 0;
    for (Map.Entry<String, float[]> entry : before.entrySet()) {
      if (entry.getKey().startsWith(prefix)) {
        float[] now = after.get(entry.getKey());
        for (int i = 0; i < now.length; i++) {
          sum += Math.pow(now[i] - entry.getValue()[i], 2);
        }
      }
    }
    return Math.sqrt(sum);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void anUnseenTaskAllocatesNothing(String checkpoint) {
    try (OpenRun run = open(checkpoint, "mode = improved")) {
      run.train(0);
      Set<String> before = new TreeSet<>(run.parameters().keySet());
      run.test(2);
      Set<String> after = new TreeSet<>(run.parameters().keySet());
      after.removeAll(before);
      assertEquals(Set.of("head/task3"), kinds(after), "the head alone answers for it");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void attentionProjectionsAreMixedByARouterOfTheirOwn(String checkpoint) {
    try (OpenRun run = open(checkpoint, "mode = improved, sites = [query, value, up, down]")) {
      run.train(0);
      run.train(1);
      Set<String> names = run.parameters().keySet();
      assertTrue(names.contains("moe-cl/shared/task2/layers.1.attention.value.A"));
      assertTrue(names.contains("moe-cl/attention router/task2/layers.1.attention.query"));
      assertTrue(names.contains("moe-cl/router/task2/layers.1.feed-forward"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"token-softmax", "task-token-softmax", "sequence-softmax", "fixed"})
  void everyRouterTrains(String router) {
    try (OpenRun run = open("bert", "router = " + router)) {
      for (Task task : run.tasks()) {
        run.train(task.index());
      }
      assertEquals(
          !router.equals("fixed"),
          run.parameters().keySet().stream().anyMatch(n -> n.startsWith("moe-cl/router")));
    }
  }
}

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Experts are made when their task arrives, train with it and stay as they are afterwards. */
class LifeOfExpertsTest {
  private static final String TRAINING =
      "\ntraining { epochs = 2, batch-size = 3, learning-rate = 1e-2 }";

  private static Laboratory laboratory(String checkpoint, String options) {
    return new Laboratory(
        Fixtures.checkpoint(checkpoint),
        TestTasks.three(),
        "strategy { " + options + " }" + TRAINING);
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
    try (Laboratory laboratory = laboratory(checkpoint, "mode = reference")) {
      laboratory.train(0);
      Map<String, float[]> before = laboratory.parameters();
      laboratory.train(1);
      Map<String, float[]> after = laboratory.parameters();
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
    try (Laboratory laboratory = laboratory(checkpoint, "mode = improved")) {
      laboratory.train(0);
      float[] first = laboratory.hidden(0);
      Map<String, float[]> before = laboratory.parameters();
      laboratory.train(1);
      laboratory.train(2);
      assertArrayEquals(first, laboratory.hidden(0), 0f);
      assertEquals(Set.of("moe-cl/discriminator"), kinds(changed(before, laboratory.parameters())));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void aSnapshotStartsFromTheOneBefore(String checkpoint) {
    try (Laboratory laboratory =
        new Laboratory(
            Fixtures.checkpoint(checkpoint),
            TestTasks.three(),
            "strategy { mode = improved }\ntraining { epochs = 2, batch-size = 3, learning-rate = 0 }")) {
      laboratory.train(0);
      laboratory.within(
          host -> {
            var b =
                laboratory
                    .store()
                    .allocated()
                    .get("moe-cl/shared/task1/layers.0.feed-forward.down.B");
            host.assign(
                new org.continuo.api.tensor.Tensors(
                    Map.of(
                        "moe-cl/shared/task1/layers.0.feed-forward.down.B",
                        host.scope().ones(b.getShape()))));
            return true;
          });
      laboratory.train(1);
      Map<String, float[]> values = laboratory.parameters();
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
      try (Laboratory laboratory =
          laboratory(
              "llama",
              "mode = paper, adversary = none, drift { control = %s, strength = %s, fisher-examples = 6 }"
                  .formatted(drift, control.equals("ewc") ? "1e8" : "1e4"))) {
        laboratory.train(0);
        Map<String, float[]> before = laboratory.parameters();
        laboratory.steps.clear();
        laboratory.train(1);
        Map<String, float[]> after = laboratory.parameters();
        distances.add(distance(before, after, "moe-cl/shared/"));
        if (drift.equals("none")) {
          assertFalse(laboratory.steps.get(0).losses().containsKey("drift"));
        } else {
          assertEquals(0.0, laboratory.steps.get(0).losses().get("drift"), "at the anchor");
          assertTrue(laboratory.steps.get(3).losses().get("drift") > 0);
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
    try (Laboratory laboratory = laboratory(checkpoint, "mode = improved")) {
      laboratory.train(0);
      Set<String> before = new TreeSet<>(laboratory.parameters().keySet());
      laboratory.test(2);
      Set<String> after = new TreeSet<>(laboratory.parameters().keySet());
      after.removeAll(before);
      assertEquals(Set.of("head/task3"), kinds(after), "the head alone answers for it");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void attentionProjectionsAreMixedByARouterOfTheirOwn(String checkpoint) {
    try (Laboratory laboratory =
        laboratory(checkpoint, "mode = improved, sites = [query, value, up, down]")) {
      laboratory.train(0);
      laboratory.train(1);
      Set<String> names = laboratory.parameters().keySet();
      assertTrue(names.contains("moe-cl/shared/task2/layers.1.attention.value.A"));
      assertTrue(names.contains("moe-cl/attention router/task2/layers.1.attention.query"));
      assertTrue(names.contains("moe-cl/router/task2/layers.1.feed-forward"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"token-softmax", "task-token-softmax", "sequence-softmax", "fixed"})
  void everyRouterTrains(String router) {
    try (Laboratory laboratory = laboratory("bert", "router = " + router)) {
      for (Task task : laboratory.stream.tasks()) {
        laboratory.train(task.index());
      }
      assertEquals(
          !router.equals("fixed"),
          laboratory.parameters().keySet().stream().anyMatch(n -> n.startsWith("moe-cl/router")));
    }
  }
}

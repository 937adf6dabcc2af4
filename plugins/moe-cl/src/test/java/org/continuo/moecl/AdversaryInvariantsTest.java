package org.continuo.moecl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;
import org.continuo.testkit.OpenRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signs, ranges and reach of the adversarial losses. */
class AdversaryInvariantsTest {
  private static final double LN3 = Math.log(3);

  /** One training step from fixed random values: its losses and its gradient. */
  private record Outcome(Map<String, Double> losses, Map<String, float[]> gradient) {
    double norm(Predicate<String> names) {
      return Math.sqrt(
          gradient.entrySet().stream()
              .filter(entry -> names.test(entry.getKey()))
              .mapToDouble(entry -> squared(entry.getValue()))
              .sum());
    }
  }

  private static double squared(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }

  /**
   * @param moved added to the random values; none: nothing
   */
  private static Outcome step(
      String checkpoint, String adversary, int task, Map<String, float[]> moved) {
    Map<String, float[]> gradient = new TreeMap<>();
    try (OpenRun run =
        MoeClRun.of(
                Fixtures.checkpoint(checkpoint),
                TestTasks.three(),
                """
            strategy {
              mode = reference, expert { rank = 4, alpha = 8, dropout = 0 }, diagnostics-every = 0
              adversary { %s }
            }
            training { epochs = 1, batch-size = 6, clip-norm = 0, learning-rate = 0, select-best = false }
            """
                    .formatted(adversary))
            .atEachStep(
                (step, tensors) ->
                    tensors
                        .map()
                        .forEach((name, array) -> gradient.put(name, array.toFloatArray())))
            .open()) {
      for (int before = 0; before < task; before++) {
        run.train(before);
      }
      gradient.clear();
      run.within(
          host -> {
            Map<String, Param> params = new TreeMap<>();
            run.trained(task).forEach(param -> params.put(param.name(), param));
            Map<String, NDArray> random = new HashMap<>();
            params.forEach(
                (name, param) -> {
                  NDArray fresh = deterministic(host.scope(), param);
                  random.put(
                      name,
                      moved.containsKey(name)
                          ? fresh.add(host.scope().create(moved.get(name), param.shape()))
                          : fresh);
                });
            host.assign(new Tensors(random));
            return true;
          });
      return new Outcome(run.train(task).get(0).losses(), gradient);
    }
  }

  private static NDArray deterministic(NDManager scope, Param param) {
    SplittableRandom random = new SplittableRandom(param.name().hashCode());
    float[] values = new float[(int) param.shape().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble() - 0.5) * 0.4f;
    }
    return scope.create(values, param.shape());
  }

  private static Outcome step(String checkpoint, String adversary) {
    return step(checkpoint, adversary, 0, Map.of());
  }

  /** {@code factor * gradient} of the chosen parameters, scaled to length 1. */
  private static Map<String, float[]> along(
      Map<String, float[]> gradient, Predicate<String> names, double length) {
    Map<String, float[]> chosen = new TreeMap<>(gradient);
    chosen.keySet().removeIf(names.negate());
    double norm =
        Math.sqrt(chosen.values().stream().mapToDouble(AdversaryInvariantsTest::squared).sum());
    chosen.replaceAll(
        (name, values) -> {
          float[] scaled = new float[values.length];
          for (int i = 0; i < values.length; i++) {
            scaled[i] = (float) (values[i] * length / norm);
          }
          return scaled;
        });
    return chosen;
  }

  private static Map<String, float[]> minus(Map<String, float[]> one, Map<String, float[]> other) {
    Map<String, float[]> difference = new TreeMap<>();
    one.forEach(
        (name, values) -> {
          float[] result = values.clone();
          for (int i = 0; i < result.length; i++) {
            result[i] -= other.get(name)[i];
          }
          difference.put(name, result);
        });
    return difference;
  }

  private static boolean discriminator(String name) {
    return name.contains("/discriminator/");
  }

  private static boolean shared(String name) {
    return name.startsWith("moe-cl/shared/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void theDiscriminatorDescendsAndTheSharedExpertAscendsOneLoss(String checkpoint) {
    double w = 0.7;
    Outcome with = step(checkpoint, "weight = " + w);
    Outcome without = step(checkpoint, "weight = 0");
    assertEquals(with.losses.get("task"), without.losses.get("task"), 1e-6);
    Map<String, float[]> pushed = minus(with.gradient, without.gradient);
    double length = 0.02;
    for (boolean own : List.of(true, false)) {
      Predicate<String> names =
          name -> own ? discriminator(name) : !discriminator(name) && pushed.containsKey(name);
      double norm = new Outcome(Map.of(), pushed).norm(names);
      double up =
          step(checkpoint, "weight = " + w, 0, along(pushed, names, length))
              .losses
              .get("adversary");
      double down =
          step(checkpoint, "weight = " + w, 0, along(pushed, names, -length))
              .losses
              .get("adversary");
      // The slope of the loss along its gradient is the length of the gradient.
      double slope = (own ? 1 : -1) * norm / w;
      assertEquals(slope, (up - down) / (2 * length), 0.03 * Math.abs(slope), "own " + own);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void thePublishedPushReachesAllButTheTopOfTheTaskAndTheHead(String checkpoint) {
    Map<String, float[]> pushed =
        minus(step(checkpoint, "weight = 1").gradient, step(checkpoint, "weight = 0").gradient);
    int top = layers(pushed) - 1;
    pushed.forEach(
        (name, values) -> {
          boolean ofTop = name.contains("layers." + top + ".");
          boolean untouched =
              name.startsWith("head/") || (ofTop && !shared(name) && !discriminator(name));
          assertEquals(untouched, Math.sqrt(squared(values)) < 1e-7, name);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void detachedItReachesTheSharedExpertAlone(String checkpoint) {
    Map<String, float[]> pushed =
        minus(
            step(checkpoint, "weight = 1, reach = detached").gradient,
            step(checkpoint, "weight = 0, reach = detached").gradient);
    pushed.forEach(
        (name, values) ->
            assertEquals(
                shared(name) || discriminator(name), Math.sqrt(squared(values)) > 1e-7, name));
  }

  private static int layers(Map<String, float[]> gradient) {
    return (int) gradient.keySet().stream().filter(name -> name.contains("/router/")).count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void lossesLieInTheirRangesAndStartAtChance(String checkpoint) {
    try (OpenRun run =
        MoeClRun.of(
                Fixtures.checkpoint(checkpoint),
                TestTasks.three(),
                "strategy { mode = reference }\ntraining { epochs = 30, batch-size = 6, learning-rate = 1e-2 }")
            .open()) {
      run.train(0);
      // A fresh classifier says little; far from the range of softmax twice.
      assertEquals(LN3, run.steps().get(0).losses().get("adversary"), 0.1);
      for (var step : run.steps()) {
        double loss = step.losses().get("adversary");
        assertTrue(loss >= Math.log(1 + 2 / Math.E) - 1e-5, "loss " + loss);
        assertTrue(loss <= Math.log(Math.E + 2) + 1e-5, "loss " + loss);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void confusionIsBoundedAndOnlyTheSharedExpertFollowsIt(String checkpoint) {
    String confusion =
        "loss = cross-entropy, objective = confusion, labels = replayed, reach = detached, classes = seen, weight = ";
    Outcome first = step(checkpoint, confusion + "1");
    assertFalse(first.losses.containsKey("confusion"), "one task: nothing to tell apart");
    Outcome with = step(checkpoint, confusion + "1", 1, Map.of());
    Outcome without = step(checkpoint, confusion + "0", 1, Map.of());
    assertTrue(with.losses.get("confusion") >= Math.log(2) - 1e-6, with.losses.toString());
    assertTrue(with.losses.get("discriminator") >= 0, with.losses.toString());
    minus(with.gradient, without.gradient)
        .forEach(
            (name, values) ->
                assertEquals(
                    shared(name) || discriminator(name), Math.sqrt(squared(values)) > 1e-7, name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void withoutWeightNothingDiffersFromNoAdversary(String checkpoint) {
    Outcome none = step(checkpoint, "type = none");
    Outcome zero = step(checkpoint, "weight = 0");
    none.gradient.forEach(
        (name, values) -> {
          for (int i = 0; i < values.length; i++) {
            assertEquals(values[i], zero.gradient.get(name)[i], 1e-7f, name);
          }
        });
    assertEquals(0, zero.norm(AdversaryInvariantsTest::discriminator));
    assertTrue(none.gradient.keySet().stream().noneMatch(AdversaryInvariantsTest::discriminator));
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void withoutWeightAStepOnlyDecaysTheClassifiers(String checkpoint) {
    try (OpenRun run =
        MoeClRun.of(
                Fixtures.checkpoint(checkpoint),
                TestTasks.three(),
                """
            strategy { mode = reference, adversary { weight = 0 } }
            training {
              epochs = 1, batch-size = 6, learning-rate = 0.1, weight-decay = 0.01, select-best = false
            }
            """)
            .open()) {
      run.within(
          host -> {
            run.trained(0).forEach(Param::value);
            return true;
          });
      Map<String, float[]> before = run.parameters();
      run.train(0);
      Map<String, float[]> after = run.parameters();
      List<String> classifiers =
          before.keySet().stream().filter(AdversaryInvariantsTest::discriminator).toList();
      assertFalse(classifiers.isEmpty());
      for (String name : classifiers) {
        for (int i = 0; i < before.get(name).length; i++) {
          assertEquals(before.get(name)[i] * (1 - 0.1f * 0.01f), after.get(name)[i], 1e-8f, name);
        }
      }
    }
  }
}

package org.continuo.moecl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run tells of its experts, and what it warns of. */
class DiagnosticsTest {
  private static Laboratory laboratory(String checkpoint, String options) {
    return new Laboratory(
        Fixtures.checkpoint(checkpoint),
        TestTasks.three(12),
        "strategy { "
            + options
            + ", diagnostics-every = 5 }\ntraining { epochs = 10, batch-size = 6, learning-rate = 1e-2 }");
  }

  private static double last(Laboratory laboratory, String name) {
    List<Double> values = laboratory.values.get("moe-cl/" + name);
    return values.get(values.size() - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void theDiscriminatorsAccuracyIsRecorded(String checkpoint) {
    try (Laboratory laboratory = laboratory(checkpoint, "adversary = first-task")) {
      laboratory.train(0);
      assertEquals(1.0, last(laboratory, "discriminator accuracy/current task"));
      assertEquals(1.0, last(laboratory, "discriminator accuracy/current task, dev"));
      laboratory.train(1);
      assertEquals(0.0, last(laboratory, "discriminator accuracy/current task"));
      assertEquals(0.0, last(laboratory, "discriminator accuracy/current task, dev"));
      assertEquals(1.0, last(laboratory, "discriminator accuracy/past tasks, dev"));
    }
  }

  @Test
  void aDiscriminatorThatAlwaysSaysTheSameIsAWarning() {
    try (Laboratory laboratory = laboratory("llama", "adversary = first-task")) {
      laboratory.train(0);
      laboratory.train(1);
      assertEquals(
          List.of(
              "moe-cl: the discriminator takes 24 of 24 dev examples of 2 tasks for task 'task1': it"
                  + " says the same whatever it reads, so it cannot take task knowledge out of the"
                  + " shared expert; with adversary.labels = current its labels never contrast, set"
                  + " labels = replayed"),
          laboratory.warnings);
    }
  }

  @Test
  void weightsAndNormsOfEachLayerAreRecorded() {
    try (Laboratory laboratory = laboratory("llama", "mode = improved")) {
      laboratory.train(0);
      int looks = (laboratory.steps.size() + 4) / 5;
      for (String chart :
          List.of(
              "router weight of the shared expert",
              "norm of the shared expert's mean output",
              "norm of the task expert's mean output")) {
        List<Double> values = laboratory.values.get("moe-cl/" + chart + "/layers.1");
        assertEquals(looks, values.size(), chart);
        assertTrue(values.stream().allMatch(value -> value > 0), chart);
      }
    }
  }

  @Test
  void aRouterThatGivesAllToOneExpertIsAWarning() {
    try (Laboratory laboratory =
        laboratory("llama", "router { type = fixed, weights = [1, 0] }, adversary = none")) {
      laboratory.train(0);
      assertTrue(
          laboratory.warnings.stream()
              .anyMatch(
                  warning ->
                      warning.startsWith(
                          "moe-cl: after task 'task1' the router gives one expert more than 0.99 of the"
                              + " weight in [layers.0.feed-forward (1.000)")),
          laboratory.warnings.toString());
    }
  }

  @Test
  void aTermThatIsAlwaysZeroIsAWarning() {
    try (Laboratory laboratory = laboratory("llama", "adversary { weight = 0 }")) {
      laboratory.train(0);
      assertTrue(
          laboratory.warnings.contains(
              "loss term 'adversary' was 0 in all 20 steps of task 'task1': it trained nothing; check"
                  + " its weight and what it reads, or take it out"),
          laboratory.warnings.toString());
    }
  }

  @Test
  void aTermThatDominatesIsAWarning() {
    try (Laboratory laboratory =
        laboratory("llama", "mode = reference, adversary { weight = 1000 }")) {
      laboratory.train(0);
      assertTrue(
          laboratory.warnings.stream()
              .anyMatch(
                  warning ->
                      warning.matches(
                          "loss term 'adversary', with its weight, was more than 100 times the task loss in"
                              + " \\d+ of 20 steps of task 'task1': the task hardly counted there; lower its"
                              + " weight")),
          laboratory.warnings.toString());
    }
  }
}

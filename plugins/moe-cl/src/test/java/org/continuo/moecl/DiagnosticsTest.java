package org.continuo.moecl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.continuo.testkit.OpenRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run tells of its experts, and what it warns of. */
class DiagnosticsTest {
  private static OpenRun open(String checkpoint, String options) {
    return MoeClRun.of(
            Fixtures.checkpoint(checkpoint),
            TestTasks.three(12),
            "strategy { "
                + options
                + ", diagnostics-every = 5 }\ntraining { epochs = 10, batch-size = 6, learning-rate = 1e-2 }")
        .open();
  }

  private static double last(OpenRun run, String name) {
    List<Double> values = run.recorded("moe-cl/" + name);
    return values.get(values.size() - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert"})
  void theDiscriminatorsAccuracyIsRecorded(String checkpoint) {
    try (OpenRun run = open(checkpoint, "adversary = first-task")) {
      run.train(0);
      assertEquals(1.0, last(run, "discriminator accuracy/current task"));
      assertEquals(1.0, last(run, "discriminator accuracy/current task, dev"));
      run.train(1);
      assertEquals(0.0, last(run, "discriminator accuracy/current task"));
      assertEquals(0.0, last(run, "discriminator accuracy/current task, dev"));
      assertEquals(1.0, last(run, "discriminator accuracy/past tasks, dev"));
    }
  }

  @Test
  void aDiscriminatorThatAlwaysSaysTheSameIsAWarning() {
    try (OpenRun run = open("llama", "adversary = first-task")) {
      run.train(0);
      run.train(1);
      assertEquals(
          List.of(
              "moe-cl: the discriminator takes 24 of 24 dev examples of 2 tasks for task 'task1': it"
                  + " says the same whatever it reads, so it cannot take task knowledge out of the"
                  + " shared expert; with adversary.labels = current its labels never contrast, set"
                  + " labels = replayed"),
          run.warnings());
    }
  }

  @Test
  void weightsAndNormsOfEachLayerAreRecorded() {
    try (OpenRun run = open("llama", "mode = improved")) {
      run.train(0);
      int looks = (run.steps().size() + 4) / 5;
      for (String chart :
          List.of(
              "router weight of the shared expert",
              "norm of the shared expert's mean output",
              "norm of the task expert's mean output")) {
        List<Double> values = run.recorded("moe-cl/" + chart + "/layers.1");
        assertEquals(looks, values.size(), chart);
        assertTrue(values.stream().allMatch(value -> value > 0), chart);
      }
    }
  }

  @Test
  void aRouterThatGivesAllToOneExpertIsAWarning() {
    try (OpenRun run =
        open("llama", "router { type = fixed, weights = [1, 0] }, adversary = none")) {
      run.train(0);
      assertTrue(
          run.warnings().stream()
              .anyMatch(
                  warning ->
                      warning.startsWith(
                          "moe-cl: after task 'task1' the router gives one expert more than 0.99 of the"
                              + " weight in [layers.0.feed-forward (1.000)")),
          run.warnings().toString());
    }
  }

  @Test
  void aTermThatIsAlwaysZeroIsAWarning() {
    try (OpenRun run = open("llama", "mode = paper, adversary { weight = 0 }")) {
      run.train(0);
      assertTrue(
          run.warnings()
              .contains(
                  "loss term 'adversary' was 0 in all 20 steps of task 'task1': it trained nothing; check"
                      + " its weight and what it reads, or take it out"),
          run.warnings().toString());
    }
  }

  @Test
  void aTermThatDominatesIsAWarning() {
    try (OpenRun run = open("llama", "mode = reference, adversary { weight = 1000 }")) {
      run.train(0);
      assertTrue(
          run.warnings().stream()
              .anyMatch(
                  warning ->
                      warning.matches(
                          "loss term 'adversary', with its weight, was more than 100 times the task loss in"
                              + " \\d+ of 20 steps of task 'task1': the task hardly counted there; lower its"
                              + " weight")),
          run.warnings().toString());
    }
  }
}

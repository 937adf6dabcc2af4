package org.continuo.moecl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.continuo.api.data.DataException;
import org.continuo.testkit.OpenRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The task is inferred from the text. */
class IdentificationTest {
  private static OpenRun open(String checkpoint, String options, int epochs) {
    return open(checkpoint, "classification", options, epochs);
  }

  private static OpenRun open(String checkpoint, String head, String options, int epochs) {
    return MoeClRun.of(
            Fixtures.checkpoint(checkpoint),
            TestTasks.three(12),
            """
        head = %s
        strategy { %s }
        training { epochs = %d, batch-size = 12, learning-rate = 1e-2 }
        evaluation { task-id = inferred }
        """
                .formatted(head, options, epochs))
        .open();
  }

  @ParameterizedTest
  @CsvSource({
    "llama, 'identify { by = task-vectors, nearness = gaussian }', 2, 0.9",
    "bert, 'identify { by = task-vectors, nearness = gaussian }', 2, 0.9",
    "llama, 'identify { by = task-vectors, nearness = cosine, view = embedding-mean }', 2, 0.9"
  })
  void tasksWithWordsOfTheirOwnAreToldApart(
      String checkpoint, String options, int epochs, double least) {
    try (OpenRun run = open(checkpoint, options, epochs)) {
      MoeClRun.wakeSharedExpert(run);
      for (int task = 0; task < 3; task++) {
        run.train(task);
      }
      double sum = 0;
      for (int task = 0; task < 3; task++) {
        sum += run.test(task).routed().orElseThrow();
      }
      assertTrue(sum / 3 > least, "routing accuracy " + sum / 3);
    }
  }

  @Test
  void theMostCertainExpertsAreAsked() {
    try (OpenRun run = open("llama", "identify { by = lowest-entropy }", 10)) {
      run.train(0);
      run.train(1);
      OpenRun.Tested first = run.test(0);
      OpenRun.Tested unseen = run.test(2);
      assertTrue(first.routed().orElseThrow() > 0, "some texts of the first task are its own");
      assertEquals(0.0, unseen.routed().orElseThrow(), "an unseen task is never named");
    }
  }

  @Test
  void aHeadThatWritesItsAnswersHasNoEntropyOverLabels() {
    try (OpenRun run = open("llama", "free-text", "identify { by = lowest-entropy }", 1)) {
      run.train(0);
      DataException refused = assertThrows(DataException.class, () -> run.test(0));
      assertEquals(
          "identify.by = lowest-entropy: found a head that writes its answers, expected one that"
              + " chooses among labels; set head = classification or label-scoring, or identify.by"
              + " = task-vectors or discriminator",
          refused.getMessage());
    }
  }

  @Test
  void withoutADiscriminatorThereIsNothingToAsk() {
    try (OpenRun run = open("llama", "adversary = none, identify { by = discriminator }", 2)) {
      run.train(0);
      DataException refused = assertThrows(DataException.class, () -> run.test(0));
      assertEquals(
          "identify.by = discriminator: found an adversary that does not tell tasks apart, expected"
              + " one that does; set adversary = task-discriminator, or identify.by = task-vectors"
              + " or lowest-entropy",
          refused.getMessage());
    }
  }
}

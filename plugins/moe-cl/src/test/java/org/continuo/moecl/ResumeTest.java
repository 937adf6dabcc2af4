package org.continuo.moecl;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that was killed goes on as if it had not been, to the last bit. */
class ResumeTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mode = reference",
        "mode = paper",
        "mode = improved",
        "mode = improved, router = sequence-softmax, drift { control = ewc }",
        "mode = paper, drift { control = l2 }, sites = [query, up], adversary = none",
        "mode = improved, identify { by = discriminator }",
        "mode = improved, identify { by = task-vectors, nearness = cosine, view = embedding-mean }",
        "mode = reference, identify { by = lowest-entropy }"
      })
  void goesOnWhereItWasKilled(String options) {
    MoeClRun.of(TestTasks.three(8))
        .with(
            """
            backbone { type = pytorch-scratch, width = 16, layers = 2, heads = 2, key-value-heads = 2,
                       feed-forward-width = 32, vocabulary = 270, maximum-length = 64 }
            strategy { diagnostics-every = 2, %s }
            training { epochs = 2, batch-size = 4, learning-rate = 1e-2, maximum-length = 32 }
            evaluation.task-id = %s
            """
                .formatted(options, options.contains("identify") ? "inferred" : "given"))
        .resumed(folder)
        .assertBitEqual();
  }
}

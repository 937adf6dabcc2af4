package org.continuo.moecl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.continuo.core.config.ExperimentFile;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.run.ExperimentRun;
import org.continuo.core.run.Outcome;
import org.continuo.core.run.Progress;
import org.continuo.core.run.UnfinishedRun;
import org.continuo.testkit.KilledRun;
import org.continuo.testkit.RunFiles;
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
  void goesOnWhereItWasKilled(String options) throws IOException {
    PluginRegistry registry = Laboratory.registry(TestTasks.three(8));
    String taskId = options.contains("identify") ? "inferred" : "given";
    Path file =
        Files.writeString(
            folder.resolve("x.conf"),
            """
            experiment {
              backbone { type = pytorch-scratch, width = 16, layers = 2, heads = 2, key-value-heads = 2,
                         feed-forward-width = 32, vocabulary = 270, maximum-length = 64 }
              stream = test, head = classification, checkpoints = all
              strategy { type = moe-cl, diagnostics-every = 2, %s }
              training { epochs = 2, batch-size = 4, learning-rate = 1e-2, maximum-length = 32 }
              evaluation.task-id = %s
            }
            """
                .formatted(options, taskId));
    Outcome whole =
        new ExperimentRun(ExperimentFile.read(file, List.of(), registry), Progress.SILENT)
            .run(folder, (ended, backbone) -> {});
    assertTrue(whole.matrix().finished());
    Path killed = KilledRun.after(1, whole.folder(), folder.resolve("killed"));
    Outcome resumed =
        ExperimentRun.resume(
            UnfinishedRun.read(killed, registry), Progress.SILENT, (ended, backbone) -> {});
    assertEquals(whole.matrix(), resumed.matrix());
    assertEquals(RunFiles.predictions(whole.folder()), RunFiles.predictions(killed));
    assertEquals(RunFiles.learned(whole.folder()), RunFiles.learned(killed));
  }
}

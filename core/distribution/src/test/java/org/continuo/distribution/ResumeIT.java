package org.continuo.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.continuo.results.Event;
import org.continuo.testkit.RunFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs of the assembled program that are killed or interrupted, and go on. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ResumeIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Several strategies as one: what they keep and remember, and dropout. */
  private static final String SMALL =
      """
      experiment {
        name = small
        stream { type = content-review, order = [video-comments, account-articles],
                 train-size = 32, dev-size = 8, test-size = 16 }
        strategy { type = combine, of = [
          { type = moe-cl, mode = improved, expert.dropout = 0.1 }
          { type = ewc, examples = 8 }
          { type = der-plus-plus, budget = 24 }
        ] }
        training { epochs = 2, learning-rate = 5e-3, maximum-length = 24 }
        evaluation { task-id = inferred, metrics = [stripping-rate] }
      }
      """;

  @TempDir Path folder;

  @Test
  void aRunThatWasKilledEndsAsOneThatWasNot() throws Exception {
    Files.writeString(folder.resolve("small.conf"), SMALL);
    Shell.Outcome uninterrupted = continuo().run("run", "small.conf", "--out", "whole");
    assertEquals(0, uninterrupted.status(), uninterrupted.err());
    Path whole = onlyFolder("whole");

    Shell.Started started = continuo().start("run", "small.conf", "--out", "killed");
    Path killed = waitFor(started, "killed", "checkpoints/0-video-comments/SHA256SUMS");
    started.process().destroyForcibly().waitFor();
    assertFalse(Files.exists(killed.resolve("results.json")), "the kill came too late");

    Shell.Outcome resumed = continuo().run("resume", killed.toString());
    assertEquals(0, resumed.status(), resumed.err());
    assertTrue(resumed.err().contains("going on after video-comments"), resumed.err());
    assertEquals(withoutTimes(whole), withoutTimes(killed));
    assertEquals(RunFiles.predictions(whole), RunFiles.predictions(killed));
    assertEquals(RunFiles.learned(whole), RunFiles.learned(killed));
    assertTrue(Files.readString(killed.resolve("report.html")).contains("account-articles"));

    Shell.Outcome again = continuo().run("resume", killed.toString());
    assertEquals(2, again.status());
    assertTrue(again.err().contains("found a run that has completed"), again.err());
  }

  @Test
  void anInterruptedRunSaysHowToGoOn() throws Exception {
    Files.writeString(folder.resolve("small.conf"), SMALL.replace("epochs = 2", "epochs = 1"));
    Shell.Started started = continuo().start("run", "small.conf", "--out", "runs");
    Path run = waitFor(started, "runs", "predictions/zero-shot--video-comments.jsonl");
    new ProcessBuilder("kill", "-INT", String.valueOf(started.process().pid())).start().waitFor();
    Shell.Outcome interrupted = started.end();
    assertEquals(130, interrupted.status(), interrupted.err());
    String command = "continuo resume ";
    String said =
        interrupted
            .err()
            .lines()
            .filter(line -> line.contains(command))
            .findFirst()
            .orElseThrow(() -> new AssertionError(interrupted.err()));
    String place = said.substring(said.indexOf(command) + command.length());
    assertEquals(run.getFileName(), Path.of(place).getFileName());
    Shell.Outcome resumed = continuo().run("resume", place);
    assertEquals(0, resumed.status(), resumed.err());
    assertEquals("completed", results(run).path("status").asText());
    assertEquals(
        2 * 4, RunFiles.learned(run).stream().filter(Event.Step.class::isInstance).count());
  }

  @Test
  void pretrainingThatWasKilledEndsWithItsModel() throws Exception {
    Files.writeString(
        folder.resolve("scratch.conf"),
        """
        experiment {
          backbone { type = pytorch-scratch, width = 16, layers = 2, heads = 2,
                     key-value-heads = 2, feed-forward-width = 32, vocabulary = 270,
                     maximum-length = 64 }
          stream { type = content-review, order = [video-comments, account-articles],
                   train-size = 64, dev-size = 16, test-size = 16 }
          head = free-text
          strategy { type = sequential, trains = full-weights }
          training { epochs = 4, batch-size = 2, maximum-length = 24 }
        }
        """);
    Shell.Started started = continuo().start("pretrain", "scratch.conf", "--out", "runs");
    Path run = waitFor(started, "runs", "checkpoints/0-video-comments/SHA256SUMS");
    started.process().destroyForcibly().waitFor();
    assertFalse(Files.exists(run.resolve("checkpoint")), "the kill came too late");
    Shell.Outcome resumed = continuo().run("resume", run.toString());
    assertEquals(0, resumed.status(), resumed.err());
    assertTrue(Files.size(run.resolve("checkpoint/model.safetensors")) > 0);
  }

  /** The folder of the run, once it holds a file. */
  private Path waitFor(Shell.Started started, String out, String file) throws Exception {
    for (int i = 0; i < 6000; i++) {
      Thread.sleep(20);
      if (Files.isDirectory(folder.resolve(out))) {
        try (Stream<Path> runs = Files.list(folder.resolve(out))) {
          List<Path> with = runs.filter(run -> Files.exists(run.resolve(file))).toList();
          if (!with.isEmpty()) {
            return with.get(0);
          }
        }
      }
      assertTrue(
          started.process().isAlive(), () -> "the run ended by itself, see " + started.err());
    }
    throw new AssertionError("no " + file + " within two minutes");
  }

  private static JsonNode results(Path run) throws IOException {
    return JSON.readTree(run.resolve("results.json").toFile());
  }

  private static JsonNode withoutTimes(Path run) throws IOException {
    ObjectNode results = (ObjectNode) results(run);
    ((ObjectNode) results.path("cost")).remove(List.of("seconds", "peakMemoryBytes"));
    ((ObjectNode) results.path("provenance")).remove(List.of("started", "finished"));
    return results;
  }

  private Path onlyFolder(String out) throws IOException {
    try (Stream<Path> runs = Files.list(folder.resolve(out))) {
      List<Path> all = runs.toList();
      assertEquals(1, all.size(), all.toString());
      return all.get(0);
    }
  }

  private Shell continuo() {
    return Shell.continuo(Distribution.HOME, folder);
  }
}

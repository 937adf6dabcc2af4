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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whole suites of the assembled program on the embedded model. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class SuiteIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SMALL =
      """
      experiment {
        stream { type = content-review, order = [video-comments, account-articles],
                 train-size = 32, dev-size = 16, test-size = 16 }
        training { epochs = 1, learning-rate = 5e-3, maximum-length = 32 }
      }
      suite {
        name = small
        strategies { sequential {}, per-task {} }
        reference = sequential
        %s
      }
      """;

  /** So that a kill comes in time. */
  private static final String LONGER = "training.epochs=8";

  @TempDir Path folder;

  @Test
  void aSuiteThatWasInterruptedAndKilledEndsAsOneThatWasNot() throws Exception {
    Files.writeString(folder.resolve("small.conf"), SMALL.formatted("seeds = [1, 2]"));
    Shell.Outcome whole = continuo().run("suite", "small.conf", "--out", "whole");
    assertEquals(0, whole.status(), whole.err());
    assertEquals(4, runs("whole").size());
    for (String file : List.of("suite.json", "table.csv", "table.tex", "report.html")) {
      assertTrue(Files.size(folder.resolve("whole/small").resolve(file)) > 0, file);
    }
    JsonNode expected = withoutTimes(suite("whole"));
    assertEquals("completed", expected.path("status").asText());
    assertEquals(2, expected.at("/rows/0/metrics/acc.final/count").asInt());

    Shell.Started first = start("broken");
    waitForRuns("broken", 1, first);
    new ProcessBuilder("kill", "-INT", String.valueOf(first.process().pid())).start().waitFor();
    Shell.Outcome interrupted = first.end();
    assertEquals(130, interrupted.status(), interrupted.err());
    assertEquals("incomplete", suite("broken").path("status").asText());
    int kept = runs("broken").size();
    assertTrue(kept < 4, "the interruption came too late");

    Shell.Started second = start("broken");
    waitForRuns("broken", kept + 1, second);
    // half of a run, as a crash of the machine leaves it
    second.process().destroyForcibly().waitFor();

    List<Path> before = runs("broken");
    Shell.Outcome last = continuo().run("suite", "small.conf", "--out", "broken");
    assertEquals(0, last.status(), last.err());
    assertTrue(runs("broken").containsAll(before));
    assertEquals(expected, withoutTimes(suite("broken")));

    Shell.Outcome idle = continuo().run("suite", "small.conf", "--out", "broken");
    assertTrue(idle.out().contains("0 runs left"), idle.out());
    assertEquals(expected, withoutTimes(suite("broken")));
  }

  @Test
  void aRunOfAKilledSuiteGoesOnFromItsCheckpoint() throws Exception {
    Path run = killedAfterACheckpoint();
    Shell.Outcome last = longer();
    assertEquals(0, last.status(), last.err());
    assertEquals("completed", suite("out").path("status").asText());
    assertEquals(2, starts(run));
    assertFalse(Files.exists(run));
  }

  @Test
  void aDamagedCheckpointIsAFailedCellAndTheNextStartBeginsAnew() throws Exception {
    Path run = killedAfterACheckpoint();
    Files.writeString(run.resolve("checkpoints/0-video-comments/run.json"), "{");
    Shell.Outcome failed = longer();
    assertEquals(1, failed.status(), failed.err());
    assertTrue(failed.err().contains("another digest of run.json"), failed.err());
    Shell.Outcome again = longer();
    assertEquals(0, again.status(), again.err());
    assertEquals(1, starts(run));
  }

  @Test
  void aRunWhoseProcessIsKilledIsMadeOnceMoreAndThenFails() throws Exception {
    Files.writeString(folder.resolve("small.conf"), SMALL.formatted("seeds = [1]"));
    Shell.Started started = start("out", "--set", LONGER);
    Path run = waitForCheckpoint(started);
    killWorkers(started);
    Shell.Outcome outcome = started.end();
    assertEquals(0, outcome.status(), outcome.err());
    assertTrue(outcome.err().contains("ended from outside, started once more: "), outcome.err());
    assertEquals(2, starts(run), "it went on from its checkpoint");

    Shell.Started second = start("twice");
    long first = waitForWorker(second, 0);
    killWorkers(second);
    waitForWorker(second, first);
    killWorkers(second);
    Shell.Outcome failed = second.end();
    assertEquals(1, failed.status(), failed.err());
    String message = suite("twice").at("/cells/0/message").asText();
    assertTrue(message.contains("status 137 (signal 9: killed from outside"), message);
  }

  private static void killWorkers(Shell.Started suite) {
    suite.process().descendants().forEach(ProcessHandle::destroyForcibly);
  }

  /** Another than the one given, once it has begun. */
  private long waitForWorker(Shell.Started suite, long other) throws Exception {
    for (int i = 0; i < 6000; i++) {
      List<Long> workers = suite.process().descendants().map(ProcessHandle::pid).toList();
      boolean begun = Files.isDirectory(folder.resolve("twice/small/running"));
      if (begun && !workers.isEmpty() && workers.get(0) != other) {
        return workers.get(0);
      }
      Thread.sleep(20);
      assertTrue(suite.process().isAlive(), "the suite ended by itself");
    }
    throw new AssertionError("no worker within two minutes");
  }

  /** The folder of a run that stands where a kill of the suite left it. */
  private Path killedAfterACheckpoint() throws Exception {
    Files.writeString(folder.resolve("small.conf"), SMALL.formatted("seeds = [1]"));
    Shell.Started started = start("out", "--set", LONGER);
    Path run = waitForCheckpoint(started);
    started.process().destroyForcibly().waitFor();
    return run;
  }

  private Shell.Outcome longer() throws Exception {
    return continuo().run("suite", "small.conf", "--out", "out", "--set", LONGER);
  }

  /** How often it was started until it completed. */
  private long starts(Path run) throws IOException {
    String hash = run.getFileName().toString().replaceFirst("-.*", "");
    Path events = folder.resolve("out/small/runs").resolve(hash).resolve("events.jsonl");
    try (Stream<String> lines = Files.lines(events)) {
      return lines.filter(event -> event.contains("\"run-started\"")).count();
    }
  }

  /** The folder of the run at work, once it has one. */
  private Path waitForCheckpoint(Shell.Started started) throws Exception {
    Path running = folder.resolve("out/small/running");
    for (int i = 0; i < 6000; i++) {
      Thread.sleep(20);
      if (Files.isDirectory(running)) {
        try (Stream<Path> runs = Files.list(running)) {
          List<Path> with =
              runs.filter(r -> Files.exists(r.resolve("checkpoints/0-video-comments/SHA256SUMS")))
                  .toList();
          if (!with.isEmpty()) {
            return with.get(0);
          }
        }
      }
      assertTrue(started.process().isAlive(), "the suite ended by itself");
    }
    throw new AssertionError("no checkpoint within two minutes");
  }

  @Test
  void aFailedRunIsACellThatSaysSo() throws Exception {
    Files.writeString(
        folder.resolve("small.conf"),
        SMALL.formatted(
            """
            strategies { wild = sequential }
            overrides { wild { training { learning-rate = 1e30, clip-norm = 0 } } }
            search { trials = 2, tasks = 1, space { "training.batch-size" = [8, 16] } }
            """));
    Shell.Outcome outcome = continuo().run("suite", "small.conf", "--out", "out");
    assertEquals(1, outcome.status(), outcome.err());
    JsonNode suite = suite("out");
    assertEquals("failed", suite.path("status").asText());
    assertEquals(3, suite.path("cells").size());
    for (JsonNode cell : suite.path("cells")) {
      boolean wild = cell.path("strategy").asText().equals("wild");
      assertEquals(wild ? "failed" : "completed", cell.path("status").asText());
      assertEquals(wild, cell.path("message").asText().contains("no trial"), cell.toString());
    }
    assertEquals(6, suite.at("/search/trials").size());
    for (JsonNode trial : suite.at("/search/trials")) {
      boolean wild = trial.path("strategy").asText().equals("wild");
      assertEquals(wild, trial.path("message").asText().contains("loss"), trial.toString());
      if (!wild) {
        Path run = folder.resolve("out/small").resolve(trial.path("folder").asText());
        JsonNode results = JSON.readTree(run.resolve("results.json").toFile());
        assertEquals("dev", results.at("/protocol/split").asText());
        assertEquals(1, results.path("tasks").size());
      }
    }
    assertTrue(outcome.out().contains("0/1"), outcome.out());
  }

  @Test
  void aDryRunCreatesNothing() throws Exception {
    Files.writeString(folder.resolve("small.conf"), SMALL.formatted(""));
    Shell.Outcome outcome = continuo().run("suite", "small.conf", "--dry-run");
    assertEquals(0, outcome.status(), outcome.err());
    assertTrue(outcome.out().contains("2 runs left"), outcome.out());
    assertFalse(Files.exists(folder.resolve("runs")));
  }

  @Test
  void anUnknownTaskIsToldBeforeAnythingRuns() throws Exception {
    Files.writeString(folder.resolve("small.conf"), SMALL.formatted("orders { odd = [nowhere] }"));
    Shell.Outcome outcome = continuo().run("suite", "small.conf");
    assertEquals(2, outcome.status());
    assertTrue(outcome.err().contains("'nowhere'"), outcome.err());
    assertFalse(Files.exists(folder.resolve("runs")));
  }

  private Shell.Started start(String out, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("suite", "small.conf", "--out", out, "--workers", "1"));
    arguments.addAll(List.of(more));
    return continuo().start(arguments.toArray(String[]::new));
  }

  private void waitForRuns(String out, int count, Shell.Started started) throws Exception {
    for (int i = 0; i < 1200; i++) {
      Thread.sleep(100);
      if (runs(out).size() >= count) {
        return;
      }
      assertTrue(started.process().isAlive(), "the suite ended by itself");
    }
    throw new AssertionError("no run within two minutes");
  }

  private List<Path> runs(String out) throws IOException {
    Path runs = folder.resolve(out).resolve("small/runs");
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(runs)) {
      return folders.sorted().toList();
    }
  }

  private JsonNode suite(String out) throws IOException {
    return JSON.readTree(folder.resolve(out).resolve("small/suite.json").toFile());
  }

  private static JsonNode withoutTimes(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove("times");
    }
    node.forEach(SuiteIT::withoutTimes);
    return node;
  }

  private Shell continuo() {
    return Shell.continuo(Distribution.HOME, folder);
  }
}

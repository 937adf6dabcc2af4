package org.continuo.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of the assembled program on the embedded model: what scripts rely on. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class RunIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Small, but real: the embedded model on two of the generated tasks. */
  private static final String SMALL =
      """
      experiment {
        name = small
        seed = 3
        stream { type = content-review, order = [video-comments, account-articles],
                 train-size = 64, dev-size = 32, test-size = 48 }
        strategy { type = %s }
        training { epochs = 2, learning-rate = 5e-3, maximum-length = 64 }
      }
      """;

  @TempDir Path folder;

  @Test
  void aRunWritesItsFolderAndItsExperimentReproducesIt() throws Exception {
    Files.writeString(folder.resolve("small.conf"), SMALL.formatted("sequential"));
    Shell.Outcome first =
        continuo()
            .run(
                "run",
                "small.conf",
                "--out",
                "first",
                "--set",
                "evaluation.metrics=[stripping-rate]");
    assertEquals(0, first.status(), first.err());
    Path run = onlyFolder("first");
    for (String file : List.of("experiment.conf", "results.json", "events.jsonl", "report.html")) {
      assertTrue(Files.size(run.resolve(file)) > 0, file);
    }
    JsonNode results = results(run);
    assertEquals("completed", results.get("status").asText());
    assertEquals("sequential", results.get("strategy").asText());
    assertEquals(2, results.get("accuracy").size());
    assertEquals(2, results.get("accuracy").get(0).size());
    assertTrue(results.get("metrics").has("bwt.gem"));
    assertTrue(first.out().contains("AFTER TRAINING"), first.out());

    Shell.Outcome again =
        continuo().run("run", run.resolve("experiment.conf").toString(), "--out", "again");
    assertEquals(0, again.status(), again.err());
    assertEquals(results.get("accuracy"), results(onlyFolder("again")).get("accuracy"));
    assertEquals(1, results.get("testMetrics").size());
    assertEquals(results.get("testMetrics"), results(onlyFolder("again")).get("testMetrics"));
    assertEquals(
        Files.readString(run.resolve("experiment.conf")),
        Files.readString(onlyFolder("again").resolve("experiment.conf")));
    assertNoArrayLeaks(run);
  }

  /** Over all steps of the last task, with the dev evaluations between them. */
  private static void assertNoArrayLeaks(Path run) throws IOException {
    Pattern arrays =
        Pattern.compile("\"task\":\"account-articles\",\"step\":\\d+,.*\"arrays\":(\\d+)");
    List<Integer> alive =
        Files.readAllLines(run.resolve("events.jsonl")).stream()
            .map(arrays::matcher)
            .filter(matcher -> matcher.find())
            .map(matcher -> Integer.valueOf(matcher.group(1)))
            .toList();
    assertEquals(16, alive.size());
    assertEquals(1, alive.stream().distinct().count(), "live native arrays: " + alive);
  }

  @Test
  void isolatedExpertsDoNotForget() throws Exception {
    Files.writeString(folder.resolve("small.conf"), SMALL.formatted("per-task"));
    Shell.Outcome outcome = continuo().run("run", "small.conf", "--out", "runs");
    assertEquals(0, outcome.status(), outcome.err());
    JsonNode accuracy = results(onlyFolder("runs")).get("accuracy");
    assertEquals(accuracy.get(0).get(0), accuracy.get(1).get(0));
  }

  @Test
  void moeClAnswersWithoutBeingToldTheTask() throws Exception {
    Files.writeString(
        folder.resolve("small.conf"),
        SMALL.formatted("moe-cl, mode = improved, diagnostics-every = 2"));
    Shell.Outcome outcome =
        continuo()
            .run("run", "small.conf", "--out", "runs", "--set", "evaluation.task-id=inferred");
    assertEquals(0, outcome.status(), outcome.err());
    Path run = onlyFolder("runs");
    JsonNode results = results(run);
    assertEquals("inferred", results.at("/protocol/taskId").asText());
    // after the first task all texts are taken for it, whatever they are
    assertEquals(JSON.readTree("[1.0, 0.0]"), results.at("/routingAccuracy/0"));
    for (JsonNode routed : results.at("/routingAccuracy/1")) {
      assertTrue(routed.asDouble() > 0.5, results.get("routingAccuracy").toString());
    }
    assertTrue(results.at("/cost/storedExampleBytes").asLong() > 0, "the discriminator's sample");
    String events = Files.readString(run.resolve("events.jsonl"));
    for (String name :
        List.of(
            "moe-cl/router weight of the shared expert/layers.3",
            "moe-cl/norm of the task expert's mean output/layers.0",
            "moe-cl/discriminator accuracy/past tasks, dev")) {
      assertTrue(events.contains("\"name\":\"" + name + "\""), name);
    }
    for (String loss : List.of("task", "discriminator", "confusion")) {
      assertTrue(events.contains("\"" + loss + "\":"), loss);
    }
  }

  @Test
  void metricsOnTheAnswersAndTheComparisonOfTwoRuns() throws Exception {
    Files.writeString(folder.resolve("small.conf"), SMALL.formatted("sequential"));
    String metrics = "evaluation.metrics=[{ type = stripping-rate, precision = 0.7 }]";
    for (String strategy : List.of("sequential", "per-task")) {
      Shell.Outcome outcome =
          continuo()
              .run(
                  "run",
                  "small.conf",
                  "--out",
                  strategy,
                  "--set",
                  metrics,
                  "--set",
                  "strategy=" + strategy);
      assertEquals(0, outcome.status(), outcome.err());
      assertTrue(
          outcome.out().contains("stripping-rate@0.7  total   label:compliant  label:violating"),
          outcome.out());
    }
    Path a = onlyFolder("sequential");
    Path b = onlyFolder("per-task");
    JsonNode rate = results(a).at("/testMetrics/0");
    assertEquals("stripping-rate@0.7", rate.get("name").asText());
    assertEquals(2, rate.get("stages").get(1).size());
    assertTrue(rate.at("/curves/0/0/points").size() > 1);
    assertTrue(Files.readString(b.resolve("report.html")).contains("id=\"test-metrics\""));

    Shell.Outcome compared =
        continuo().run("report", "--compare", a.toString(), b.toString(), "--resamples", "200");
    assertEquals(0, compared.status(), compared.err());
    assertTrue(compared.out().contains("(mean of tasks)"), compared.out());
    assertTrue(Files.size(folder.resolve("comparison.html")) > 0);
    JsonNode comparison = JSON.readTree(folder.resolve("comparison.json").toFile());
    // per task and for their mean: accuracy, and the rate in total and of two labels
    assertEquals(3 * 4, comparison.get("rows").size());
    for (JsonNode row : comparison.get("rows")) {
      String task = row.path("task").asText("");
      if (!task.isEmpty()) {
        assertEquals(last(a, task, row), row.get("a").asDouble(), 1e-12, row.toString());
        assertEquals(last(b, task, row), row.get("b").asDouble(), 1e-12, row.toString());
      }
    }
  }

  /** What the results of a run say about the first number of a row of a comparison. */
  private static double last(Path run, String task, JsonNode row) throws IOException {
    JsonNode results = results(run);
    int column = results.get("tasks").get(0).asText().equals(task) ? 0 : 1;
    return row.get("measure").asText().equals("accuracy")
        ? results.get("accuracy").get(1).get(column).asDouble()
        : results
            .at("/testMetrics/0/stages/1")
            .get(column)
            .get(row.get("value").asText())
            .asDouble();
  }

  @Test
  void heads() throws Exception {
    Files.writeString(folder.resolve("small.conf"), SMALL.formatted("sequential"));
    for (String head :
        List.of("label-scoring", "{ type = label-scoring, compare = whole-answer }", "free-text")) {
      Shell.Outcome outcome =
          continuo()
              .run(
                  "run",
                  "small.conf",
                  "--out",
                  "heads",
                  "--set",
                  "head=" + head,
                  "--set",
                  "stream.template.prompt=Text: {text} Allowed? Options: {options} Answer:");
      assertEquals(0, outcome.status(), head + ": " + outcome.err());
    }
    try (Stream<Path> runs = Files.list(folder.resolve("heads"))) {
      for (Path run : runs.toList()) {
        JsonNode results = results(run);
        double learned = results.get("accuracy").get(1).get(1).asDouble();
        assertTrue(learned > 0.4, run + ": " + results.get("accuracy"));
      }
    }
  }

  @Test
  void fiveMistakesAreToldAtOnceAndNothingIsCreated() throws Exception {
    Path file = folder.resolve("wrong.conf");
    Files.writeString(
        file,
        """
        experiment {
          sed = 1
          backbone { type = pytorhc }
          stream { type = content-review, train-size = -3 }
          strategy { type = sequential, expert { rank = many } }
          training { schedule = sometimes }
        }
        """);
    Shell.Outcome outcome = continuo().run("run", "wrong.conf");
    assertEquals(2, outcome.status());
    List<String> errors = outcome.err().lines().toList();
    assertEquals(5, errors.size(), outcome.err());
    for (int i = 0; i < 5; i++) {
      assertTrue(errors.get(i).contains("wrong.conf:" + (i + 2) + ": experiment."), outcome.err());
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(file), left.toList());
    }
  }

  @Test
  void anInterruptedRunKeepsWhatItHas() throws Exception {
    Files.writeString(folder.resolve("small.conf"), SMALL.formatted("sequential"));
    Shell.Started started =
        continuo().start("run", "small.conf", "--out", "runs", "--set", "training.epochs=1000");
    waitForSteps(started);
    new ProcessBuilder("kill", "-INT", String.valueOf(started.process().pid())).start().waitFor();
    Shell.Outcome outcome = started.end();
    assertEquals(130, outcome.status(), outcome.err());
    Path run = onlyFolder("runs");
    assertEquals("interrupted", results(run).get("status").asText());
    assertTrue(Files.exists(run.resolve("report.html")));
  }

  private void waitForSteps(Shell.Started started) throws Exception {
    for (int i = 0; i < 600; i++) {
      Thread.sleep(100);
      if (hasSteps(folder.resolve("runs"))) {
        return;
      }
      assertTrue(started.process().isAlive(), "the run ended by itself");
    }
    throw new AssertionError("no step within a minute");
  }

  /** The folder of the run appears a moment after the one around it. */
  private static boolean hasSteps(Path out) throws IOException {
    if (!Files.isDirectory(out)) {
      return false;
    }
    try (Stream<Path> runs = Files.list(out)) {
      for (Path run : runs.toList()) {
        Path events = run.resolve("events.jsonl");
        if (Files.exists(events) && Files.readString(events).contains("\"event\":\"step\"")) {
          return true;
        }
      }
    }
    return false;
  }

  /** {@code examples/mtl5.conf}, with fewer examples. */
  @Test
  void realTasks() throws Exception {
    Path root = Path.of(System.getProperty("continuo.root"));
    assumeTrue(
        Files.isDirectory(root.resolve("../shared/data/mtl5")),
        "no real tasks: the folder shared/data/mtl5 beside the clone is missing");
    Shell.Outcome outcome =
        new Shell(continuo().script(), root, continuo().environment())
            .run(
                "run",
                "examples/mtl5.conf",
                "--out",
                folder.resolve("mtl5").toString(),
                "--set",
                "stream.train-limit=210",
                "--set",
                "stream.dev-limit=42",
                "--set",
                "stream.test-limit=84");
    assertEquals(0, outcome.status(), outcome.err());
    JsonNode accuracy = results(onlyFolder("mtl5")).get("accuracy");
    // 14 and 4 labels; the sentiment of the reviews takes more examples than these
    assertTrue(accuracy.get(0).get(0).asDouble() > 0.25, accuracy.toString());
    assertTrue(accuracy.get(2).get(2).asDouble() > 0.28, accuracy.toString());
  }

  @Test
  void plansWithoutTraining() throws Exception {
    Files.writeString(folder.resolve("small.conf"), SMALL.formatted("per-task"));
    Shell.Outcome outcome = continuo().run("plan", "small.conf");
    assertEquals(0, outcome.status(), outcome.err());
    assertTrue(outcome.out().contains("account-articles"), outcome.out());
    assertTrue(Pattern.compile("time +about \\d+ (s|min)").matcher(outcome.out()).find());
    assertFalse(Files.exists(folder.resolve("runs")));
  }

  @Test
  void inspectsTheEmbeddedModel() throws Exception {
    Files.writeString(folder.resolve("sentences.json"), "[\"One sentence.\", \"\"]");
    Shell.Outcome facts = continuo().run("inspect", "embedded:tiny");
    assertEquals(0, facts.status(), facts.err());
    assertTrue(facts.out().contains("LlamaForCausalLM"), facts.out());
    assertTrue(facts.out().contains("layers.N.feed-forward.gate"), facts.out());
    Shell.Outcome arrays =
        continuo()
            .run(
                "inspect",
                "embedded:tiny",
                "--sentences",
                "sentences.json",
                "--out",
                "arrays.safetensors");
    assertEquals(0, arrays.status(), arrays.err());
    assertNotEquals(0, Files.size(folder.resolve("arrays.safetensors")));
  }

  private Path onlyFolder(String out) throws IOException {
    try (Stream<Path> runs = Files.list(folder.resolve(out))) {
      List<Path> all = runs.toList();
      assertEquals(1, all.size(), all.toString());
      return all.get(0);
    }
  }

  private static JsonNode results(Path run) throws IOException {
    return JSON.readTree(run.resolve("results.json").toFile());
  }

  private Shell continuo() {
    return Shell.continuo(Distribution.HOME, folder);
  }
}

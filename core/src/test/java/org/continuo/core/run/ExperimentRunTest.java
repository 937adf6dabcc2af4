package org.continuo.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.continuo.api.data.Batch;
import org.continuo.api.data.DataException;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Objective;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Wiring;
import org.continuo.api.result.Metric;
import org.continuo.api.result.MetricDefinition;
import org.continuo.api.result.Prediction;
import org.continuo.core.config.Bound;
import org.continuo.core.experiment.Evaluation;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.toy.ToyExperiments;
import org.continuo.core.toy.ToyHead;
import org.continuo.core.toy.ToyStream;
import org.continuo.results.PredictionsFile;
import org.continuo.results.ResultsFile;
import org.continuo.results.RunResults;
import org.continuo.results.RunStatus;
import org.continuo.results.TestMetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentRunTest {
  @TempDir Path out;

  private Outcome run(long seed, Strategy.Factory strategy) {
    return new ExperimentRun(
            ToyExperiments.bound(seed, ToyExperiments.TRAINING, strategy), Progress.SILENT)
        .run(out, (outcome, backbone) -> {});
  }

  @Test
  void learnsEveryTaskAndWritesItsFolder() throws IOException {
    Outcome outcome = run(1, ToyExperiments.experts(true));
    assertEquals(RunStatus.COMPLETED, outcome.status());
    for (int t = 0; t < 3; t++) {
      assertTrue(outcome.matrix().score(t, t) > 0.7, "task " + t + ": " + outcome.matrix());
    }
    RunResults results = ResultsFile.RUN.read(outcome.folder());
    assertTrue(results.completed());
    assertEquals(3, results.stages());
    assertEquals(3, results.zeroShot().orElseThrow().size());
    assertEquals(outcome.matrix().score(2, 1), results.accuracy().get(2).get(1));
    assertEquals(16 * 16 + 32, results.cost().trainableParameters().get(0));
    assertTrue(results.cost().tokens().train() > 0);
    try (Stream<Path> predictions = Files.list(outcome.folder().resolve("predictions"))) {
      assertEquals(12, predictions.count());
    }
    List<String> events = Files.readAllLines(outcome.folder().resolve("events.jsonl"));
    assertTrue(events.get(0).contains("\"run-started\""), events.get(0));
    assertTrue(events.get(events.size() - 1).contains("\"run-finished\""));
    assertEquals(
        3 * 72, events.stream().filter(line -> line.contains("\"event\":\"step\"")).count());
  }

  /** Share of answers that say {@code high}, and a curve. */
  private record High() implements Metric {
    @Override
    public MetricDefinition definition() {
      return new MetricDefinition("high", "High", "share of high", "n(high)/n", "made up", true);
    }

    @Override
    public Map<String, Double> values(List<Prediction> predictions) {
      long high = predictions.stream().filter(p -> p.answer().equals("high")).count();
      return Map.of(TOTAL, (double) high / predictions.size());
    }

    @Override
    public List<Curve> curves(List<Prediction> predictions) {
      Point point = new Point(values(predictions).get(TOTAL), 1);
      return List.of(new Curve(TOTAL, "share", "of what", List.of(point), Optional.of(point)));
    }
  }

  /** The toy head; the second task is scored by its misses. */
  private record Contrary() implements Head.Factory {
    @Override
    public Head create(Host host) {
      return new ToyHead(host);
    }

    @Override
    public String score(String task) {
      return task.equals("task1") ? "misses" : "accuracy";
    }
  }

  @Test
  void aTaskMayBeScoredByAnotherGrade() throws IOException {
    Bound<Experiment> bound =
        ToyExperiments.bound(1, ToyExperiments.TRAINING, ToyExperiments.experts(true));
    Outcome plain = new ExperimentRun(bound, Progress.SILENT).run(out, (outcome, backbone) -> {});
    Outcome mixed =
        new ExperimentRun(
                new Bound<>(
                    ToyExperiments.withHead(bound.options(), new Contrary()),
                    bound.resolved(),
                    bound.choices()),
                Progress.SILENT)
            .run(out, (outcome, backbone) -> {});
    RunResults one = ResultsFile.RUN.read(plain.folder());
    RunResults other = ResultsFile.RUN.read(mixed.folder());
    assertEquals("accuracy", one.score());
    assertEquals(Optional.empty(), one.scores());
    assertEquals(RunResults.MIXED, other.score());
    assertEquals(
        Map.of("task0", "accuracy", "task1", "misses", "task2", "accuracy"),
        other.scores().orElseThrow());
    assertEquals(plain.matrix().score(2, 0), mixed.matrix().score(2, 0));
    List<String> answers =
        Files.readAllLines(PredictionsFile.in(mixed.folder(), "2-task2", "task1"));
    assertEquals(
        answers.stream().filter(line -> line.contains("\"misses\":1.0")).count()
            / (double) answers.size(),
        mixed.matrix().score(2, 1),
        1e-12);
  }

  private Outcome measured(List<Metric.Factory> metrics) {
    Bound<Experiment> bound =
        ToyExperiments.bound(1, ToyExperiments.TRAINING, ToyExperiments.experts(true));
    return new ExperimentRun(
            new Bound<>(
                ToyExperiments.withMetrics(bound.options(), metrics),
                bound.resolved(),
                bound.choices()),
            Progress.SILENT)
        .run(out, (outcome, backbone) -> {});
  }

  @Test
  void metricsAreTakenAfterEveryTestOfEveryTask() throws IOException {
    Outcome outcome = measured(List.of(High::new));
    RunResults results = ResultsFile.RUN.read(outcome.folder());
    TestMetric high = results.testMetrics().orElseThrow().get(0);
    assertEquals("high", high.metric().name());
    assertEquals("n(high)/n", high.metric().formula());
    assertEquals(3, high.zeroShot().orElseThrow().size());
    assertEquals(3, high.stages().size());
    assertEquals(3, high.stages().get(2).size());
    List<String> answers =
        Files.readAllLines(PredictionsFile.in(outcome.folder(), "2-task2", "task1"));
    double share =
        answers.stream().filter(line -> line.contains("\"answer\":\"high\"")).count()
            / (double) answers.size();
    assertEquals(share, high.stages().get(2).get(1).get("total"));
    assertEquals(share, high.curves().orElseThrow().get(1).get(0).points().get(0).x());
    assertEquals(share, outcome.metrics().stages().get(2).get(1).values().get("high").get("total"));
    assertTrue(
        Files.readAllLines(outcome.folder().resolve("events.jsonl")).stream()
            .anyMatch(
                line ->
                    line.contains("\"stage\":2,\"task\":\"task1\"")
                        && line.contains("\"metrics\":{\"high\":{\"total\":" + share + "}}")));
  }

  @Test
  void aMetricNamedTwiceIsRefusedAndNoneLeavesNoTrace() throws IOException {
    DataException refused =
        assertThrows(DataException.class, () -> measured(List.of(High::new, High::new)));
    assertTrue(refused.getMessage().contains("found 'high' more than once"), refused.getMessage());
    Outcome outcome = measured(List.of());
    assertTrue(outcome.metrics().definitions().isEmpty());
    assertTrue(ResultsFile.RUN.read(outcome.folder()).testMetrics().isEmpty());
  }

  @Test
  void sameSeedGivesTheSameBitsAnotherSeedDoesNot() {
    Outcome first = run(5, ToyExperiments.experts(false));
    Outcome again = run(5, ToyExperiments.experts(false));
    Outcome other = run(6, ToyExperiments.experts(false));
    assertEquals(first.matrix(), again.matrix());
    assertNotEquals(first.matrix(), other.matrix());
  }

  @Test
  void isolatedExpertsNeverForgetAndAreNotTestedTwice() throws IOException {
    Outcome outcome = run(2, ToyExperiments.experts(true));
    assertEquals(outcome.matrix().score(0, 0), outcome.matrix().score(2, 0));
    long cached =
        Files.readAllLines(outcome.folder().resolve("events.jsonl")).stream()
            .filter(line -> line.contains("\"evaluated\"") && line.contains("\"cached\":true"))
            .count();
    // per stage all but the task just trained are as they were: 3 stages x 2 tasks
    assertEquals(6, cached);
  }

  /** Another stream, with something to tell of its data. */
  private record Warning(TaskStream whole) implements TaskStream {
    @Override
    public List<Task> tasks() {
      return whole.tasks();
    }

    @Override
    public List<Example> examples(Task task, Split split) {
      return whole.examples(task, split);
    }

    @Override
    public List<String> warnings() {
      return List.of("task 'task0': dev is test");
    }
  }

  @Test
  void whatAStreamTellsOfItsDataIsInThePlanAndOnceInTheResults() throws IOException {
    Bound<Experiment> bound =
        ToyExperiments.bound(1, ToyExperiments.TRAINING, ToyExperiments.experts(true));
    Bound<Experiment> warning =
        new Bound<>(
            ToyExperiments.withStream(bound.options(), seed -> new Warning(new ToyStream(2, seed))),
            bound.resolved(),
            bound.choices());
    List<String> told = List.of("task 'task0': dev is test");
    assertEquals(told, new ExperimentRun(warning, Progress.SILENT).plan().warnings());
    Outcome outcome = new ExperimentRun(warning, Progress.SILENT).run(out, (ended, backbone) -> {});
    assertEquals(told, ResultsFile.RUN.read(outcome.folder()).warnings());
  }

  /** Another stream, whose first training text of every task ends in half a character. */
  private record Halved(TaskStream whole) implements TaskStream {
    @Override
    public List<Task> tasks() {
      return whole.tasks();
    }

    @Override
    public List<Example> examples(Task task, Split split) {
      List<Example> examples = new ArrayList<>(whole.examples(task, split));
      Example first = examples.get(0);
      if (split == Split.TRAIN) {
        examples.set(
            0, new Example(first.id(), first.task(), first.text() + "\ud83d", first.answer()));
      }
      return examples;
    }
  }

  @Test
  void halvesOfCharactersInTheDataAreCountedInOneWarning() throws IOException {
    Bound<Experiment> bound =
        ToyExperiments.bound(1, ToyExperiments.TRAINING, ToyExperiments.experts(true));
    Bound<Experiment> halved =
        new Bound<>(
            ToyExperiments.withStream(bound.options(), seed -> new Halved(new ToyStream(2, seed))),
            bound.resolved(),
            bound.choices());
    Outcome outcome = new ExperimentRun(halved, Progress.SILENT).run(out, (ended, backbone) -> {});
    assertEquals(
        List.of(
            "2 examples hold half of a surrogate pair (broken UTF-16); each such half was read as U+FFFD; mend the data, or the program that cut it"),
        ResultsFile.RUN.read(outcome.folder()).warnings());
  }

  @Test
  void contributionsAreExecutedInTheirOrder() {
    AtomicInteger before = new AtomicInteger();
    AtomicInteger after = new AtomicInteger();
    AtomicInteger steps = new AtomicInteger();
    AtomicInteger drawn = new AtomicInteger();
    Strategy.Factory counting =
        ToyExperiments.adding(
            (host, training) ->
                training
                    .beforeTask(before::incrementAndGet)
                    .afterTask(after::incrementAndGet)
                    .extra(
                        "more",
                        0.5,
                        step -> {
                          drawn.incrementAndGet();
                          return host.trainingData().subList(0, step.batch().size());
                        })
                    .gradient("b", (step, g) -> g.times(2))
                    .gradient("a", (step, g) -> g.times(0.5), "b")
                    .loss(
                        "extra-seen",
                        0,
                        step -> {
                          assertEquals(1, step.passes("more").size());
                          return Optional.empty();
                        })
                    .phase("one", 0.5, Objective.NONE)
                    .phase(
                        "two",
                        0.5,
                        Objective.builder().afterStep(s -> steps.incrementAndGet()).build()));
    run(1, counting);
    assertEquals(3, before.get());
    assertEquals(3, after.get());
    assertEquals(3 * 36, steps.get());
    assertEquals(3 * 72, drawn.get());
  }

  /** Takes every row for the first task. */
  private static Strategy.Factory guessing() {
    return host ->
        new Strategy() {
          private final Strategy base = ToyExperiments.experts(true).create(host);

          @Override
          public Optional<Wiring> wiring(Optional<String> task) {
            return base.wiring(task);
          }

          @Override
          public Contribution contribute(Task task) {
            return base.contribute(task);
          }

          @Override
          public Optional<List<String>> identify(Batch batch) {
            assertTrue(
                batch.examples().stream().allMatch(e -> e.task().isEmpty() && e.answer().isEmpty()),
                "task and answer are withheld");
            return Optional.of(batch.examples().stream().map(e -> "task0").toList());
          }
        };
  }

  @Test
  void withoutTheTaskIdTheStrategyIdentifiesItAndTheRoutingIsReported() throws IOException {
    Outcome outcome =
        new ExperimentRun(
                ToyExperiments.bound(
                    1, ToyExperiments.TRAINING, guessing(), Evaluation.TaskId.INFERRED),
                Progress.SILENT)
            .run(out, (ended, backbone) -> {});
    RunResults results = ResultsFile.RUN.read(outcome.folder());
    assertEquals("inferred", results.protocol().taskId());
    assertEquals(List.of(1.0, 0.0, 0.0), results.routingAccuracy().orElseThrow().get(1));
    assertEquals(
        run(1, ToyExperiments.experts(true)).matrix().score(0, 0), outcome.matrix().score(0, 0));
  }

  /** Why a run on a stream is refused, which leaves nothing behind. */
  private List<String> refusals(TaskStream.Factory stream) throws IOException {
    Bound<Experiment> bound =
        ToyExperiments.bound(1, ToyExperiments.TRAINING, ToyExperiments.experts(false));
    Bound<Experiment> other =
        new Bound<>(
            ToyExperiments.withStream(bound.options(), stream), bound.resolved(), bound.choices());
    DataException refused =
        assertThrows(
            DataException.class,
            () -> new ExperimentRun(other, Progress.SILENT).run(out, (ended, backbone) -> {}));
    try (Stream<Path> left = Files.list(out)) {
      assertEquals(0, left.count());
    }
    return refused.problems();
  }

  @Test
  void aTaskWithoutTestExamplesIsRefusedAndNothingIsCreated() throws IOException {
    assertEquals(
        List.of(
            "task 'task0' has no test examples, expected at least one; add some, or raise the stream's limits"),
        refusals(seed -> new Untested(new ToyStream(1, seed))));
  }

  @Test
  void tasksWhoseFilesWouldOverwriteEachOtherAreRefused() throws IOException {
    assertEquals(
        List.of(
            "tasks of the stream: found the names 'SST-2', 'sst-2', expected names that differ in more than upper and lower case, because files are named after them; rename one"),
        refusals(seed -> new Renamed(List.of("SST-2", "sst-2"), new ToyStream(2, seed))));
  }

  /** Another stream under names of its own. */
  private record Renamed(List<String> names, TaskStream whole) implements TaskStream {
    @Override
    public List<Task> tasks() {
      return whole.tasks().stream()
          .map(t -> new Task(names.get(t.index()), t.index(), t.template(), t.labels()))
          .toList();
    }

    @Override
    public List<Example> examples(Task task, Split split) {
      return whole.examples(task, split).stream()
          .map(e -> e.withTask(Optional.of(task.name())))
          .toList();
    }
  }

  /** Another stream without its test split. */
  private record Untested(TaskStream whole) implements TaskStream {
    @Override
    public List<Task> tasks() {
      return whole.tasks();
    }

    @Override
    public List<Example> examples(Task task, Split split) {
      return split == Split.TEST ? List.of() : whole.examples(task, split);
    }
  }

  @Test
  void sentencesThatCannotBeReadAreToldToTheUser() throws IOException {
    Path file = out.resolve("sentences.json");
    assertEquals(
        file + ": found no such file, expected a JSON file",
        assertThrows(DataException.class, () -> Inspection.sentences(file)).getMessage());
    Files.writeString(file, "[1, ");
    assertTrue(
        assertThrows(DataException.class, () -> Inspection.sentences(file))
            .getMessage()
            .startsWith(file + ": found no JSON, expected an array of strings: "));
    Files.writeString(file, "{\"sentences\": [\"a\", \"\"]}");
    assertEquals(List.of("a", ""), Inspection.sentences(file));
  }

  @Test
  void sentencesThatMakeTooMuchAtOnceAreToldWithTheCure() {
    Inspection.requireRoom(2, 70, 49_728);
    assertEquals(
        "found 200 sentences of up to 70 tokens with 49728 numbers for each token, 2.8 GB, expected"
            + " at most 2.1 GB; give fewer sentences at once",
        assertThrows(DataException.class, () -> Inspection.requireRoom(200, 70, 49_728))
            .getMessage());
  }
}

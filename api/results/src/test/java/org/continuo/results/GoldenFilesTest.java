package org.continuo.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.continuo.api.data.Example;
import org.continuo.api.result.Metric;
import org.continuo.api.result.Prediction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of form 1 as a program before this module wrote them, shortened. */
class GoldenFilesTest {
  @TempDir Path folder;

  private static String golden(String file) {
    try (InputStream in =
        Optional.ofNullable(GoldenFilesTest.class.getResourceAsStream(file)).orElseThrow()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the file says; written again it must have the same bytes. */
  private <T> T read(ResultsFile<T> file, String place) throws IOException {
    String text = golden(place + "/" + file.name());
    Files.writeString(file.in(folder), text);
    T value = file.read(folder);
    Files.delete(file.in(folder));
    assertEquals(text, Files.readString(file.write(value, folder)));
    assertEquals(value, file.read(folder));
    return value;
  }

  @Test
  void aCompletedRun() throws IOException {
    RunResults run = read(ResultsFile.RUN, "completed");
    assertEquals(RunStatus.COMPLETED, run.status());
    assertEquals(Optional.empty(), run.failure());
    assertEquals("golden", run.name());
    assertEquals("moe-cl", run.strategy());
    assertEquals(1, run.seed());
    assertEquals(List.of("video-comments", "short-news-comments", "account-articles"), run.tasks());
    assertEquals("accuracy", run.score());
    assertEquals(1.0 / 3, run.accuracy().get(0).get(2));
    assertEquals(Optional.of(List.of(0.5, 2.0 / 3, 0.5)), run.zeroShot());
    assertEquals(List.of(0.5, 5.0 / 6, 0.0), run.routingAccuracy().orElseThrow().get(1));
    assertEquals(List.of(6, 6, 6), run.testExamples());
    assertEquals(13, run.metrics().size());
    assertEquals(-0.08333333333333334, run.metrics().get("bwt.gem"));
    assertEquals("Forgetting", run.metricDefinitions().get(1).title());
    assertEquals(new Protocol("inferred", true, "test", false), run.protocol());
    assertEquals(
        new Cost(
            List.of(93952L, 94464L, 94976L),
            298625,
            1194500,
            12514,
            Optional.empty(),
            1328256,
            new Cost.Tokens(5791, 11268),
            new Cost.Seconds(166.64548585699998, 48.816431211, 216.275058102),
            682012672),
        run.cost());
    Provenance provenance = run.provenance();
    assertEquals("0.1.0-SNAPSHOT", provenance.continuo());
    assertEquals("17.0.15+6", provenance.java());
    assertEquals("Linux 6.1", provenance.os());
    assertEquals("Example CPU", provenance.cpu());
    assertEquals(2, provenance.cores());
    assertEquals(25276510208L, provenance.memoryBytes());
    assertEquals("PyTorch 2.7.1", provenance.engine());
    assertEquals("embedded:tiny", provenance.checkpoint().source());
    assertTrue(provenance.checkpoint().sha256().startsWith("11b81a54e16e"));
    assertEquals(Set.copyOf(run.tasks()), provenance.data().sha256().keySet());
    assertEquals(Instant.parse("2026-11-30T19:57:14Z"), provenance.started());
    assertTrue(provenance.finished().isAfter(provenance.started()));
    assertEquals(3, run.warnings().size());
  }

  /** Fields that most runs have no use for: absent from the files above, and known when there. */
  @Test
  void whatOnlySomeRunsSay() throws IOException {
    String run =
        golden("completed/results.json")
            .replace(
                "\"score\" : \"accuracy\",",
                """
                "score" : "mixed",
                  "scores" : {
                    "video-comments" : "accuracy",
                    "account-articles" : "sari"
                  },""")
            .replace(
                "\"storedExampleBytes\" : 12514,",
                "\"storedExampleBytes\" : 12514,\n    \"storedMadeBytes\" : 77,")
            .replace("608d4b\",\n", "608d4b\",\n      \"summary\" : \"mean\",\n");
    Files.writeString(ResultsFile.RUN.in(folder), run);
    RunResults results = ResultsFile.RUN.read(folder);
    assertEquals("sari", results.score("account-articles"));
    assertEquals(Optional.of(77L), results.cost().storedMadeBytes());
    assertEquals(Optional.of("mean"), results.provenance().checkpoint().summary());
    assertEquals(run, Files.readString(ResultsFile.RUN.write(results, folder)));
    String state =
        golden("checkpoint/run.json")
            .replaceFirst(
                "\\} ]\n    }\n  }\n}\\s*$",
                """
                } ]
                    },
                    "made" : {
                      "s/written" : [ {
                        "id" : "made/1",
                        "task" : "x",
                        "text" : "t",
                        "answer" : "a"
                      } ]
                    }
                  }
                }
                """);
    Files.writeString(ResultsFile.STATE.in(folder), state);
    RunState read = ResultsFile.STATE.read(folder);
    assertEquals(
        List.of(new Example("made/1", "x", "t", "a")),
        read.learned().made().orElseThrow().get("s/written"));
    assertEquals(state, Files.readString(ResultsFile.STATE.write(read, folder)));
  }

  @Test
  void whatItMeasuredOnTheAnswers() throws IOException {
    RunResults run = read(ResultsFile.RUN, "completed");
    TestMetric rate = run.testMetrics().orElseThrow().get(0);
    assertEquals("stripping-rate@0.5", rate.metric().name());
    assertTrue(rate.metric().higherIsBetter());
    assertEquals(
        Map.of("total", 0.0, "label:compliant", 1.0, "label:violating", 1.0),
        rate.zeroShot().orElseThrow().get(0));
    assertEquals(3, rate.stages().size());
    Metric.Curve curve = rate.curves().orElseThrow().get(0).get(0);
    assertEquals(2, curve.points().size());
    assertTrue(curve.chosen().isPresent());
    assertEquals(11.0 / 18, run.finalMetrics().get("routing-accuracy"), 1e-12);
    assertEquals(1.0, run.finalMetrics().get("stripping-rate@0.5/label:violating"));
  }

  @Test
  void aFailedRun() throws IOException {
    RunResults run = read(ResultsFile.RUN, "failed");
    assertEquals(RunStatus.FAILED, run.status());
    assertEquals(
        "step 1: the loss is NaN (terms: {task=NaN}); lower training.learning-rate or the weight of"
            + " the term that grew",
        run.failure().orElseThrow().message());
    assertEquals(0, run.stages());
    assertEquals(Map.of(), run.metrics());
  }

  @Test
  void anInterruptedRun() throws IOException {
    RunResults run = read(ResultsFile.RUN, "interrupted");
    assertEquals(RunStatus.INTERRUPTED, run.status());
    assertEquals(Optional.empty(), run.failure());
  }

  @Test
  void aSuite() throws IOException {
    SuiteResults suite = read(ResultsFile.SUITE, "suite");
    assertEquals("suite", suite.name());
    assertEquals(SuiteResults.Status.FAILED, suite.status());
    assertEquals(Optional.of("accuracy"), suite.score());
    assertEquals("acc.final", suite.metric());
    assertEquals(Optional.of("sequential"), suite.reference());
    assertEquals(new SuiteResults.Statistics(100, 0.95, 0.05), suite.statistics());
    assertEquals(List.of("ewc", "sequential"), suite.strategies());
    assertEquals(List.of("account-articles", "video-comments"), suite.orders().get("b"));
    assertEquals(List.of(1L), suite.seeds());
    assertEquals(Map.of("training.maximum-length", Map.of("long", 48, "short", 32)), suite.axes());
    SuiteResults.Row row = suite.rows().get(1);
    assertEquals("sequential", row.strategy());
    assertEquals("training.maximum-length = long", row.settingLabel());
    assertEquals("sequential (training.maximum-length = long)", row.label());
    assertEquals("task id given, not used, no past data", row.protocol().label());
    assertEquals(new SuiteResults.Runs(2, 2, 0), row.runs());
    assertEquals(Optional.of(Map.of("training.batch-size", 4)), row.chosen());
    SuiteResults.Summary summary = row.metric("acc.final").orElseThrow();
    assertEquals(2, summary.count());
    assertEquals(0.5625, summary.mean());
    assertEquals(OptionalDouble.of(0.08838834764831845), summary.sd());
    assertEquals(Optional.of(new Interval(0.5, 0.625)), summary.interval());
    assertEquals(0.625, row.stream().get(0).mean());
    assertEquals(
        new SuiteResults.MeanCost(46336, 46592, 186368, 1291, 3328), row.cost().orElseThrow());
    assertEquals(420630528, row.times().orElseThrow().peakMemoryBytes());
    assertEquals(new SuiteResults.ParetoFront(true, true), row.paretoFront());
    assertEquals(Optional.empty(), suite.rows().get(0).cost());
  }

  @Test
  void cellsAndTrialsOfASuite() throws IOException {
    SuiteResults suite = read(ResultsFile.SUITE, "suite");
    SuiteResults.Made failed = suite.cells().get(0).run();
    assertEquals(SuiteResults.RunStanding.FAILED, failed.status());
    assertEquals(Optional.of("no trial of its search completed"), failed.message());
    SuiteResults.Cell cell = suite.cells().get(2);
    assertEquals("a", cell.order());
    assertEquals(1, cell.seed());
    SuiteResults.Made run = cell.run();
    assertEquals(SuiteResults.RunStanding.COMPLETED, run.status());
    assertEquals(Optional.of("runs/ca73ad99e0c8a320"), run.folder());
    assertEquals(List.of("video-comments", "account-articles"), run.tasks().orElseThrow());
    assertEquals(0.75, run.accuracy().orElseThrow().get(1).get(0));
    assertEquals(Optional.of(List.of(0.5, 0.25)), run.zeroShot());
    assertEquals(OptionalDouble.of(0.5), run.metric("acc.final"));
    assertEquals(
        new SuiteResults.RunCost(List.of(46336L, 46336L), 46592, 186368, 1291, 3328),
        run.cost().orElseThrow());
    assertEquals(
        new SuiteResults.RunTimes(1.9041916140000001, 1.560627069, 4.133382015, 404664320),
        run.times().orElseThrow());
    SuiteResults.Search search = suite.search().orElseThrow();
    assertEquals(2, search.trialsPerRow());
    assertEquals("first-tasks", search.on());
    assertEquals("dev", search.split());
    SuiteResults.Trial trial = search.trials().get(2);
    assertEquals(1, trial.number());
    assertEquals(Map.of("training.batch-size", 4), trial.values());
    assertTrue(trial.chosen());
    assertTrue(trial.run().folder().isPresent());
  }

  @Test
  void comparisonsOfASuite() throws IOException {
    SuiteResults.Comparison comparison = read(ResultsFile.SUITE, "suite").comparisons().get(1);
    assertEquals(Map.of("training.maximum-length", "short"), comparison.setting());
    SuiteResults.OfMetric contest = comparison.metrics().get("acc.final");
    SuiteResults.Test test = contest.tests().get(1);
    assertEquals("der-plus-plus", test.strategy());
    assertEquals(2, test.pairs());
    assertEquals(-0.00390625, test.difference());
    assertEquals(OptionalDouble.of(1), test.wilcoxonHolm());
    assertEquals(OptionalDouble.of(0.9295534250454455), test.student());
    assertEquals(OptionalDouble.empty(), contest.tests().get(0).wilcoxon());
    SuiteResults.Ranking ranking = contest.ranking().orElseThrow();
    assertEquals(2, ranking.blocks());
    assertEquals(4.75, ranking.ranks().get("ewc"));
    assertEquals(13.338738738738739, ranking.friedman());
    assertEquals(0.2717632900654558, ranking.p());
    assertEquals(11.782955718140482, ranking.criticalDifference());
    SuiteResults.ProtocolRanking within = contest.rankingsWithinProtocols().get(0);
    assertEquals("task id given, not used, no past data", within.protocol());
    assertEquals(3.25, within.ranking().ranks().get("sequential"));
    assertEquals(new SuiteResults.Encounter(1, 0, 2), contest.wins().get(0).get(1));
  }

  @Test
  void aComparison() throws IOException {
    ComparisonResults comparison = read(ResultsFile.COMPARISON, "comparison");
    assertEquals("/runs/a", comparison.a().folder());
    assertEquals("moe-cl", comparison.b().strategy());
    assertEquals("1", comparison.b().seed());
    assertEquals("accuracy", comparison.score());
    assertEquals(List.of(6, 6, 6), comparison.examples());
    ComparisonResults.Row row = comparison.rows().get(0);
    assertEquals(Optional.of("video-comments"), row.task());
    assertEquals("accuracy", row.quantity());
    assertEquals(0.5, row.difference());
    assertEquals(
        Optional.of(new Interval(0.16666666666666663, 0.8333333333333334)), row.interval());
    assertTrue(row.sure());
    ComparisonResults.Row last = comparison.rows().get(4);
    assertEquals(Optional.empty(), last.task());
    assertEquals("stripping-rate@0.5 label:violating", last.quantity());
    assertEquals(new ComparisonResults.Resampling(1000, 1, 0.95), comparison.bootstrap());
    assertEquals("stripping-rate@0.5", comparison.curves().get(0).measure());
    assertEquals(3, comparison.curves().get(0).a().get(0).points().size());
    assertEquals(1, comparison.notes().size());
  }

  @Test
  void aCheckpoint() throws IOException {
    RunState state = read(ResultsFile.STATE, "checkpoint");
    assertTrue(state.fingerprint().startsWith("1e5b395a"));
    assertEquals("Example CPU", state.environment().get("cpu"));
    assertTrue(state.environment().containsKey(RunState.WHAT_IS_READ + "the backbone"));
    assertEquals(9854, state.eventBytes());
    RunState.Scores scores = state.scores();
    assertEquals(2, scores.stages());
    assertEquals(1.0 / 6, scores.accuracy().get(1).get(0));
    assertEquals(Optional.of(List.of(0.5, 2.0 / 3, 0.5)), scores.zeroShot());
    assertEquals(List.of(0.5, 5.0 / 6, 0.0), scores.routing().get(1));
    assertEquals(
        1.0,
        scores
            .zeroShotReadings()
            .orElseThrow()
            .get(2)
            .values()
            .get("stripping-rate@0.5")
            .get("label:compliant"));
    assertEquals(1, scores.readings().get(1).get(0).curves().get("stripping-rate@0.5").size());
    assertEquals(
        new RunState.Spent(
            Instant.parse("2026-11-30T19:57:14.890578668Z"),
            List.of(93952L, 94464L),
            3372,
            8232,
            85.629666156,
            36.751459597,
            122.968457654,
            680898560),
        state.spent());
    RunState.Tested tested = state.tested().get("short-news-comments/dev");
    assertEquals(3, tested.versions().get("head/short-news-comments/compliant"));
    assertEquals(0.25, tested.score());
    assertEquals(Optional.empty(), tested.routed());
    assertEquals(0.8871908783912659, tested.predictions().get(0).probabilities().get("compliant"));
    RunState.Learned learned = state.learned();
    assertEquals(List.of("video-comments", "short-news-comments"), learned.tasks());
    assertTrue(learned.experts().contains("moe-cl/shared/video-comments"));
    assertEquals(3, learned.versions().get("head/video-comments/compliant"));
    assertTrue(learned.read().contains("backbone/embeddings.tokens.weight"));
    assertTrue(learned.cut().contains("\n0\naccount-articles/test/0"));
    assertEquals(
        Optional.of("short-news-comments"),
        learned.remembered().get("moe-cl/task sample/short-news-comments").get(0).task());
  }

  @Test
  void everyKindOfEvent() throws IOException {
    String text = golden("completed/events.jsonl");
    Files.writeString(folder.resolve(EventLog.NAME), text);
    List<Event> events = EventLog.read(folder);
    assertEquals(text.lines().toList(), events.stream().map(EventLog::line).toList());
    assertEquals(
        Arrays.stream(Event.class.getPermittedSubclasses()).collect(Collectors.toSet()),
        events.stream().map(Object::getClass).collect(Collectors.toSet()));
    assertEquals(Optional.of(events.get(0)), EventLog.first(folder));
    assertEquals(
        List.of(
            new Event.RunStarted(
                Instant.parse("2026-11-30T19:57:14.822Z"), "golden", "moe-cl", "run"),
            new Event.Evaluated(
                Instant.parse("2026-11-30T19:57:19.608Z"),
                -1,
                "video-comments",
                0.5,
                6,
                false,
                Optional.of(
                    Map.of(
                        "stripping-rate@0.5",
                        Map.of("total", 0.0, "label:compliant", 1.0, "label:violating", 1.0))))),
        events.subList(0, 2));
    assertEquals(
        new Event.TaskStarted(
            Instant.parse("2026-11-30T19:57:23.214Z"), "video-comments", 0, 24, 3),
        events.get(3));
    assertEquals(
        new Event.Step(
            Instant.parse("2026-11-30T19:57:28.946Z"),
            "video-comments",
            0,
            3,
            1.0131735801696777,
            Map.of("task", 1.0131735801696777),
            0.005,
            7.040741477846018,
            602,
            274),
        events.get(6));
    assertEquals(
        new Event.Dev(Instant.parse("2026-11-30T19:57:44.041Z"), "video-comments", 2, 0.375, 0.375),
        events.get(7));
    Event.Value notANumber = (Event.Value) events.get(10);
    assertTrue(Double.isNaN(notANumber.value()));
    assertEquals(RunStatus.COMPLETED, ((Event.RunFinished) events.get(events.size() - 1)).status());
  }

  @Test
  void predictions() throws IOException {
    String text = golden("completed/predictions.jsonl");
    Path file = Files.writeString(folder.resolve("predictions.jsonl"), text);
    List<Prediction> predictions = PredictionsFile.read(file);
    assertEquals(
        new Prediction(
            "account-articles/test/5",
            "violating",
            "compliant",
            Map.of("accuracy", 0.0),
            Map.of("compliant", 0.47707684338092804, "violating", 0.5229231547564268)),
        predictions.get(0));
    PredictionsFile.write(predictions, file);
    assertEquals(text, Files.readString(file));
  }
}

package org.continuo.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Wiring;
import org.continuo.api.result.Prediction;
import org.continuo.api.tensor.Tensors;
import org.continuo.core.config.Bound;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.experiment.Training;
import org.continuo.core.toy.ToyExperiments;
import org.continuo.core.toy.ToyHead;
import org.continuo.results.ResultsFile;
import org.continuo.results.RunResults;
import org.continuo.results.RunStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails a run: numbers that are none, wherever they arise, and memory that runs out. */
class FailedRunTest {
  @TempDir Path out;

  private Outcome run(Strategy.Factory strategy) {
    return new ExperimentRun(
            ToyExperiments.bound(1, ToyExperiments.TRAINING, strategy), Progress.SILENT)
        .run(out, (outcome, backbone) -> {});
  }

  @Test
  void divergenceFailsTheRunAndNamesTheTerm() throws IOException {
    Strategy.Factory diverging =
        ToyExperiments.adding(
            (host, training) ->
                training.loss(
                    "broken",
                    1,
                    step -> Optional.of(host.trained().sum().mul(host.scope().create(Float.NaN)))));
    RunFailed failed = assertThrows(RunFailed.class, () -> run(diverging));
    assertTrue(failed.getMessage().contains("broken=NaN"), failed.getMessage());
    Path folder;
    try (Stream<Path> runs = Files.list(out)) {
      folder = runs.findFirst().orElseThrow();
    }
    String goOn =
        " (results so far: %s; resumed it would end there again; start anew with other settings: continuo run %s --set training.learning-rate=2.0e-04)"
            .formatted(folder, folder.resolve("experiment.conf"));
    assertTrue(failed.getMessage().endsWith(goOn), failed.getMessage());
    RunResults results = ResultsFile.RUN.read(folder);
    assertEquals(RunStatus.FAILED, results.status());
    assertEquals(0, results.stages());
  }

  /** The toy head, whose scores are no numbers. */
  private record Broken(ToyHead toy) implements Head.Choosing {
    @Override
    public List<String> refusals(Task task) {
      return toy.refusals(task);
    }

    @Override
    public Columns columns(List<Example> examples) {
      return toy.columns(examples);
    }

    @Override
    public NDArray scores(NDArray hidden, Batch batch) {
      NDArray scores = toy.scores(hidden, batch);
      return scores.div(scores.zerosLike());
    }

    @Override
    public List<Prediction> answer(List<Example> examples, Wiring wiring) {
      return toy.answer(examples, wiring);
    }

    @Override
    public List<Prediction> choose(NDArray scores, Batch batch) {
      return toy.choose(scores, batch);
    }
  }

  @Test
  void scoresThatAreNoNumbersAreNoAnswersWithoutAnyTraining() throws IOException {
    Bound<Experiment> bound =
        ToyExperiments.bound(1, ToyExperiments.TRAINING, ToyExperiments.experts(true));
    Head.Factory broken =
        new Head.Factory() {
          @Override
          public Head create(Host host) {
            return new Broken(new ToyHead(host));
          }

          @Override
          public String score(String task) {
            return "accuracy";
          }
        };
    Bound<Experiment> changed =
        new Bound<>(
            ToyExperiments.withHead(bound.options(), broken), bound.resolved(), bound.choices());
    RunFailed failed =
        assertThrows(
            RunFailed.class,
            () -> new ExperimentRun(changed, Progress.SILENT).run(out, (ended, backbone) -> {}));
    String expected =
        "task 'task0', test before any training: the scores of the head are not finite: 0 of 32 numbers are NaN, 32 infinite;";
    assertTrue(failed.getMessage().contains(expected), failed.getMessage());
    RunResults results = ResultsFile.RUN.read(failed.folder());
    assertEquals(RunStatus.FAILED, results.status());
    assertEquals(Optional.empty(), results.zeroShot());
  }

  private RunFailed afterOneStep(double rate) {
    Training oneStep =
        new Training(
            1, 48, 1, rate, Training.Schedule.CONSTANT, 0, 0, 1, 32, false, 1, Optional.empty());
    Bound<Experiment> bound = ToyExperiments.bound(1, oneStep, ToyExperiments.experts(true));
    return assertThrows(
        RunFailed.class,
        () -> new ExperimentRun(bound, Progress.SILENT).run(out, (ended, backbone) -> {}));
  }

  @Test
  void aDivergedLastStepIsNoResult() throws IOException {
    RunFailed failed = afterOneStep(1e39);
    assertTrue(
        failed
            .getMessage()
            .contains("task 'task0', after the last of 1 steps: parameter 'head/task0'"),
        failed.getMessage());
    assertEquals(RunStatus.FAILED, ResultsFile.RUN.read(failed.folder()).status());
  }

  private String failure(Strategy.Factory strategy) throws IOException {
    RunFailed failed = assertThrows(RunFailed.class, () -> run(strategy));
    RunResults results = ResultsFile.RUN.read(failed.folder());
    assertEquals(RunStatus.FAILED, results.status());
    assertEquals(0, results.stages());
    assertEquals(Optional.empty(), Checkpoint.latest(failed.folder()));
    return failed.getMessage();
  }

  @Test
  void whatAStrategyKeepsIsFinite() throws IOException {
    String said =
        failure(
            ToyExperiments.adding(
                (host, training) ->
                    training.afterTask(
                        () ->
                            host.keep(
                                "importance",
                                new Tensors(
                                    Map.of(
                                        "w",
                                        host.scope()
                                            .create(new float[] {1, Float.NEGATIVE_INFINITY})))))));
    assertTrue(
        said.contains(
            "task 'task0': what 'toy' keeps as 'importance': tensor 'w' is not finite: 0 of 2 numbers are NaN, 1 infinite;"),
        said);
  }

  @Test
  void aGradientThatIsNoNumberIsToldBeforeItIsClipped() throws IOException {
    String said =
        failure(
            ToyExperiments.adding(
                (host, training) ->
                    training.gradient(
                        "broken", (step, gradient) -> gradient.each(g -> g.div(g.zerosLike())))));
    assertTrue(said.contains("task 'task0', step 0: the gradient of parameter '"), said);
  }

  @Test
  void aParameterWhoseSquareOverflowsIsNoResult() {
    RunFailed failed = afterOneStep(1e30);
    assertTrue(
        failed.getMessage().contains("is so large that its square overflows; lower"),
        failed.getMessage());
  }

  @Test
  void aParameterThatSomeCodeSpoiltIsNotWrittenToACheckpoint() throws IOException {
    String said =
        failure(
            ToyExperiments.adding(
                (host, training) ->
                    training.afterTask(
                        () -> {
                          NDArray spare =
                              host.param("spare", new Shape(2), (m, shape) -> m.zeros(shape))
                                  .value();
                          spare.addi(host.scope().create(Float.NaN));
                        })));
    assertTrue(said.contains("after 1 learned tasks: parameter 'toy/spare' is not finite"), said);
  }

  @Test
  void memoryThatRunsOutFailsTheRunWithTheWayOut() throws IOException {
    String said =
        failure(
            ToyExperiments.adding(
                (host, training) ->
                    training.afterTask(
                        () -> {
                          throw new OutOfMemoryError("Java heap space");
                        })));
    assertTrue(said.contains("of Java heap at most, all of it in use; give more"), said);
    assertTrue(said.contains("CONTINUO_JAVA_OPTS=-Xmx"), said);
    assertTrue(said.contains("once the cause is mended: continuo resume "), said);
  }
}

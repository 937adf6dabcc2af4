package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.continuo.api.data.Batch;
import org.continuo.api.data.DataException;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;
import org.continuo.api.result.Prediction;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An open run does what a whole one does, and shows what that one hides. */
class OpenRunTest {
  private static final TinyRun PLAIN = TinyRun.of(FineTuning.plugin()).with("training.epochs = 2");

  @TempDir private Path folder;

  @Test
  void drivenTaskByTaskItIsTheWholeRun() {
    TinyRun.Result whole = PLAIN.run(folder);
    try (OpenRun run = PLAIN.open()) {
      for (int task = 0; task < run.tasks().size(); task++) {
        assertEquals(whole.steps(run.task(task).name()), run.train(task));
        for (int tested = 0; tested < run.tasks().size(); tested++) {
          assertEquals(whole.accuracy().get(task).get(tested), run.test(tested).score());
        }
      }
      assertEquals(
          Stream.of("task-0", "task-1").flatMap(task -> whole.steps(task).stream()).toList(),
          run.steps());
      assertEquals(32, run.test(1).predictions().size());
      assertTrue(run.test(1).routed().isEmpty(), "the task is told");
    }
  }

  @Test
  void onlyWhatIsTrainedMoves() {
    try (OpenRun run = PLAIN.open()) {
      run.train(0);
      Map<String, float[]> before = run.parameters();
      run.train(1);
      Map<String, float[]> after = run.parameters();
      List<String> trained = run.trained(1).stream().map(Param::name).toList();
      assertFalse(trained.isEmpty());
      assertTrue(before.keySet().stream().anyMatch(name -> name.startsWith("backbone/")));
      before.forEach(
          (name, values) -> {
            if (trained.contains(name)) {
              assertFalse(Arrays.equals(values, after.get(name)), name);
            } else if (!name.startsWith("head/")) {
              assertArrayEquals(values, after.get(name), name);
            }
          });
    }
  }

  @Test
  void valuesCanBeAssignedBetweenTasksAndAreTestedWith() {
    try (OpenRun run = PLAIN.open()) {
      run.train(0);
      double learned = run.test(0).score();
      run.within(
          host -> {
            Map<String, NDArray> none = new HashMap<>();
            run.trained(0).forEach(p -> none.put(p.name(), host.scope().zeros(p.shape())));
            host.assign(new Tensors(none));
            return none.size();
          });
      run.trained(0).forEach(p -> assertArrayEquals(zeros(p), run.parameters().get(p.name())));
      assertTrue(run.test(0).score() < learned, "without the expert, of " + learned);
    }
  }

  private static float[] zeros(Param param) {
    return new float[Math.toIntExact(param.shape().size())];
  }

  /** Records and warns after each task. */
  private record Noting(Strategy wrapped, Host host) implements StrategyWrapper {
    @Override
    public Contribution contribute(Task task) {
      return Contribution.builder()
          .include(wrapped.contribute(task))
          .afterTask(
              () -> {
                host.record("index", task.index());
                host.warn("after " + task.name());
              })
          .build();
    }
  }

  @Test
  void whatIsRecordedAndWarnedOfIsKept() {
    TinyRun noting = PLAIN.around(factory -> host -> new Noting(factory.create(host), host));
    try (OpenRun run = noting.open()) {
      run.train(0);
      run.train(1);
      assertEquals(List.of(0.0, 1.0), run.recorded("fine-tuning/index"));
      assertEquals(List.of(), run.recorded("index"));
      assertEquals(
          List.of("fine-tuning: after task-0", "fine-tuning: after task-1"), run.warnings());
    }
  }

  /** Takes every text for one of the second task. */
  private record Identifying(Strategy wrapped) implements StrategyWrapper {
    @Override
    public Optional<List<String>> identify(Batch batch) {
      return Optional.of(Collections.nCopies(batch.examples().size(), "task-1"));
    }
  }

  /** Chooses the second label, whatever it reads. */
  private record Predicting(Strategy wrapped, Host host) implements StrategyWrapper {
    @Override
    public Optional<NDArray> predict(Batch batch, Optional<String> task) {
      float[][] rows = new float[batch.examples().size()][];
      Arrays.fill(rows, new float[] {0, 1});
      return Optional.of(host.scope().create(rows));
    }
  }

  private record Nothing(Strategy wrapped) implements StrategyWrapper {}

  @Test
  void aWrapperPassesOnWhatItDoesNotOverride() {
    TinyRun identifying =
        PLAIN
            .set("evaluation.task-id=inferred")
            .around(factory -> host -> new Identifying(factory.create(host)))
            .around(factory -> host -> new Nothing(factory.create(host)));
    try (OpenRun run = identifying.open()) {
      assertEquals(Optional.of(0.0), run.test(0).routed());
      assertEquals(Optional.of(1.0), run.test(1).routed());
    }
    TinyRun predicting =
        PLAIN
            .around(factory -> host -> new Predicting(factory.create(host), host))
            .around(factory -> host -> new Nothing(factory.create(host)));
    try (OpenRun run = predicting.open()) {
      assertEquals(
          Set.of("high"),
          run.test(0).predictions().stream().map(Prediction::answer).collect(Collectors.toSet()));
    }
  }

  @Test
  void nothingIsLeftOfAStepOrOfAScope() {
    try (OpenRun run = PLAIN.open()) {
      run.train(0);
      run.train(1);
      List<Integer> arrays = run.arraysAtSteps();
      assertEquals(run.steps().size(), arrays.size());
      assertEquals(arrays.get(2), arrays.get(7));
      int before = run.arrays();
      float sum = run.within(host -> host.scope().ones(new Shape(3)).sum().getFloat());
      assertEquals(3, sum);
      assertEquals(before, run.arrays());
    }
  }

  @Test
  void whatThePlanRefusesIsNotOpened() {
    TinyRun rehearsing =
        TinyRun.of(
                new TinyPart<>(
                    "rehearsing",
                    Strategy.Factory.class,
                    Plugin.NoOptions.class,
                    false,
                    Set.of(Capability.PAST_DATA),
                    Set.of(),
                    options -> host -> task -> Contribution.NONE))
            .set("protocol.past-data=false");
    List<String> problems = assertThrows(DataException.class, rehearsing::open).problems();
    assertEquals(1, problems.size());
    assertTrue(problems.get(0).contains("'rehearsing' needs past-data"), problems::toString);
  }
}

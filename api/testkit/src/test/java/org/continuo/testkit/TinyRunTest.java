package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Pass;
import org.continuo.api.learning.Strategy;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;
import org.continuo.core.config.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an author can ask of a tiny run, of its steps and of what is around the strategy. */
class TinyRunTest {
  private static final TinyRun PLAIN = TinyRun.of(FineTuning.plugin()).with("training.epochs = 2");

  @TempDir private Path folder;

  /** 32 examples a task, two epochs, batches of 8. */
  @Test
  void stepsAndTermsAreThoseOfTheTaskAskedFor() {
    TinyRun.Result result = PLAIN.run(folder);
    for (String task : List.of("task-0", "task-1")) {
      List<TrainedStep> steps = result.steps(task);
      assertEquals(2 * 32 / 8, steps.size());
      assertEquals(7, steps.get(7).number());
      assertEquals(steps.get(3).loss(), result.term(task, "task").get(3));
    }
    assertNotEquals(result.term("task-0", "task"), result.term("task-1", "task"));
    assertEquals(List.of(), result.steps("task-2"));
    assertEquals(List.of(), result.term("task-0", "distillation"));
  }

  @Test
  void predictionsAreNamedByStageAndTask() {
    TinyRun.Result result = PLAIN.run(folder);
    assertEquals(
        Set.of("1-task-1--task-0.jsonl", "1-task-1--task-1.jsonl"), result.predictions(1).keySet());
    assertTrue(result.predictions().keySet().containsAll(result.predictions(0).keySet()));
    assertEquals(
        32, result.predictions().get("1-task-1--task-0.jsonl").lines().count(), "test examples");
  }

  @Test
  void aBlockOfTheFileOverridesWhatIsSaid() {
    String strategy = "{ type = fine-tuning, expert { type = tiny, rank = 3 } }";
    TinyRun run =
        TinyRun.of(strategy, List.of(FineTuning.plugin()))
            .with("training { epochs = 2 }")
            .with("training { epochs = 1 }");
    String file = run.resolved().replaceAll("[\\s\"]+", "");
    assertTrue(file.contains("rank=3"), file);
    assertTrue(file.contains("epochs=1"), file);
    assertEquals(4, run.run(folder).steps("task-0").size());
    assertEquals(List.of(), run.set("seed=3").problems());
    assertTrue(
        TinyRun.of("fine-tunning", List.of(FineTuning.plugin()))
            .problems()
            .get(0)
            .contains("did you mean 'fine-tuning'?"));
  }

  @Test
  void whatIsNeededIsThatOfAllParts() {
    assertEquals(Set.of(Capability.GRADIENTS, Capability.LINEAR_SITES), PLAIN.needs());
  }

  /** One task more than the tiny stream has. */
  private static TinyPart<TaskStream.Factory, Plugin.NoOptions> threeTasks(boolean preferred) {
    return new TinyPart<>(
        "three",
        TaskStream.Factory.class,
        Plugin.NoOptions.class,
        preferred,
        Set.of(),
        Set.of(),
        options -> seed -> new TinyStream(new TinyStream.Options(3, 8), seed));
  }

  @Test
  void aPartThatIsGivenCanBeNamedAndAPreferredOneStandsIn() {
    TinyRun named = TinyRun.of(FineTuning.plugin(), threeTasks(false));
    assertEquals(2, named.run(folder).accuracy().size());
    assertEquals(3, named.with("stream = three").run(folder).accuracy().size());
    assertEquals(3, named.set("stream=three").run(folder).accuracy().size());
    TinyRun preferred = TinyRun.of(FineTuning.plugin(), threeTasks(true));
    assertEquals(3, preferred.run(folder).accuracy().size());
    assertThrows(InvalidInput.class, () -> preferred.with("stream = tiny").run(folder));
  }

  /** Says when it is asked. */
  private record Telling(Strategy wrapped, String name, List<String> told)
      implements StrategyWrapper {
    @Override
    public Contribution contribute(Task task) {
      told.add(name + " " + task.name());
      return wrapped.contribute(task);
    }
  }

  @Test
  void whatIsAroundTheStrategyIsAskedFirstAndChangesNothing() {
    List<String> told = new ArrayList<>();
    TinyRun.Result around =
        PLAIN
            .around(factory -> host -> new Telling(factory.create(host), "inner", told))
            .around(factory -> host -> new Telling(factory.create(host), "outer", told))
            .run(folder);
    assertEquals(List.of("outer task-0", "inner task-0"), told.subList(0, 2));
    TinyRun.Result plain = PLAIN.run(folder);
    assertEquals(plain.predictions(), around.predictions());
    assertEquals(plain.steps("task-1"), around.steps("task-1"));
  }

  @Test
  void looksSeeEachTaskOnceAndEachStepWithItsGradient() {
    List<String> tasks = new ArrayList<>();
    List<Double> norms = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    TinyRun.Result looked =
        PLAIN
            .afterEachTask((host, task) -> tasks.add(host.seen().size() + " " + task.name()))
            .atEachStep(
                (step, gradient) -> {
                  assertTrue(
                      gradient.map().keySet().stream().anyMatch(name -> name.contains("expert")),
                      gradient::toString);
                  norms.add(Math.sqrt(gradient.dot(gradient)));
                  for (Pass pass : step.passes(Pass.TASK)) {
                    rows.add(pass.batch().examples().size());
                  }
                })
            .run(folder);
    assertEquals(List.of("1 task-0", "2 task-1"), tasks);
    assertEquals(
        Stream.of("task-0", "task-1").mapToInt(task -> looked.steps(task).size()).sum(),
        norms.size());
    assertTrue(norms.stream().allMatch(norm -> norm > 0), norms::toString);
    assertEquals(Set.of(8), Set.copyOf(rows));
    assertEquals(PLAIN.run(folder).predictions(), looked.predictions());
  }

  @Test
  void aRunThatWasKilledIsTheSameUnlessItsStateIsLost() {
    PLAIN.resumed(folder.resolve("kept")).assertBitEqual();
    TinyRun.Resumed other =
        PLAIN
            .around(factory -> host -> new Faster(factory.create(host), new ArrayList<>()))
            .resumed(folder.resolve("lost"));
    assertThrows(AssertionError.class, other::assertBitEqual, "nothing is around the resumed one");
    assertEquals(other.whole().predictions(0), other.resumed().predictions(0));
  }

  /** Trains each later task for an epoch more, by a count of its own. */
  private record Faster(Strategy wrapped, List<String> tasks) implements StrategyWrapper {
    @Override
    public Contribution contribute(Task task) {
      return Contribution.builder()
          .include(wrapped.contribute(task))
          .epochs(2 + tasks.size())
          .afterTask(() -> tasks.add(task.name()))
          .build();
    }
  }
}

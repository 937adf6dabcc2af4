package org.continuo.baselines.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Combination;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Pass;
import org.continuo.api.learning.Strategy;
import org.continuo.baselines.Baselines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  @TempDir private Path folder;

  /** Sees every step. */
  private record Watching(List<List<Pass>> replayed, List<String> current)
      implements Strategy.AddOn {
    @Override
    public String name() {
      return "watching";
    }

    @Override
    public Strategy base(Host host) {
      throw new IllegalStateException("replay brings one");
    }

    @Override
    public Strategy addition(Host host) {
      return task ->
          Contribution.builder()
              .loss(
                  "watching",
                  0,
                  step -> {
                    check(task, host, step.passes("replay"));
                    return Optional.<NDArray>empty();
                  })
              .build();
    }

    private void check(Task task, Host host, List<Pass> passes) {
      replayed.add(passes);
      current.add(task.name());
      for (Pass pass : passes) {
        long[] targets = pass.batch().targets().toLongArray();
        for (int i = 0; i < targets.length; i++) {
          Example example = pass.batch().examples().get(i);
          Task own = host.task(example.task().orElseThrow());
          assertTrue(own.index() < task.index(), "a task that is not past: " + example);
          // two columns per task, in the order they were met
          assertEquals(2L * own.index() + own.labels().indexOf(example.answer()), targets[i]);
        }
      }
    }
  }

  private Watching watched(String block, String... sets) {
    Watching watching = new Watching(new ArrayList<>(), new ArrayList<>());
    Baselines.of(block, sets)
        .around(factory -> host -> Combination.of(List.of(factory, watching), host))
        .run(folder);
    return watching;
  }

  private static List<String> ids(List<Pass> passes) {
    return passes.stream()
        .flatMap(pass -> pass.batch().examples().stream())
        .map(Example::id)
        .toList();
  }

  @Test
  void pastTasksOnlyWithTheirOwnHeadAndNeverMoreThanTheBudget() {
    Watching watching = watched("{ type = replay, memory { budget = 5, per = task } }");
    Set<String> duringTheLast = new HashSet<>();
    for (int i = 0; i < watching.replayed.size(); i++) {
      List<String> ids = ids(watching.replayed.get(i));
      assertEquals(watching.current.get(i).equals("task0"), ids.isEmpty());
      if (watching.current.get(i).equals("task2")) {
        duringTheLast.addAll(ids);
      }
    }
    assertEquals(10, duringTheLast.size(), duringTheLast.toString());
  }

  @Test
  void everyForwardPassOfAStepDrawsAnew() {
    Watching watching =
        watched("{ type = replay, ratio = 0.5 }", "training.accumulation=3", "stream.tasks=2");
    List<List<String>> draws =
        watching.replayed.stream().map(ReplayTest::ids).filter(ids -> !ids.isEmpty()).toList();
    assertEquals(6, draws.size());
    draws.forEach(ids -> assertEquals(4, ids.size()));
    assertNotEquals(Set.copyOf(draws.get(0)), Set.copyOf(draws.get(1)));
  }
}

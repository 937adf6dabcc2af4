package org.continuo.moecl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.continuo.testkit.OpenRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A long stream: from task to task only what the new one needs is added. */
class TwentyTasksTest {
  private static final int TASKS = 20;

  @ParameterizedTest
  @ValueSource(strings = {"reference", "improved"})
  void memoryGrowsByTheNewExpertsAlone(String mode) {
    try (OpenRun run =
        MoeClRun.of(
                Fixtures.checkpoint("llama"),
                TestTasks.many(TASKS, 4),
                "strategy { mode = %s }\ntraining { epochs = 1, batch-size = 4 }".formatted(mode))
            .open()) {
      List<Integer> alive = new ArrayList<>();
      List<Set<String>> names = new ArrayList<>();
      for (int task = 0; task < TASKS; task++) {
        run.train(task);
        run.test(0);
        alive.add(run.arrays());
        names.add(new TreeSet<>(run.parameters().keySet()));
      }
      for (int task = 2; task < TASKS; task++) {
        Set<String> added = new TreeSet<>(names.get(task));
        added.removeAll(names.get(task - 1));
        String name = run.task(task).name();
        assertTrue(
            added.stream().allMatch(parameter -> (parameter + "/").contains("/" + name + "/")),
            added.toString());
        assertEquals(added.size(), alive.get(task) - alive.get(task - 1), "arrays of " + name);
      }
      Map<String, float[]> all = run.parameters();
      assertTrue(all.containsKey("moe-cl/task/task20/layers.0.feed-forward.down.A"));
    }
  }
}

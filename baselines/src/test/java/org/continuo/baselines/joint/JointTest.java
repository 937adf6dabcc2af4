package org.continuo.baselines.joint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.continuo.api.data.DataException;
import org.continuo.baselines.Baselines;
import org.continuo.testkit.TinyRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JointTest {
  private static final String ALLOWED = "protocol.future-data=true";

  @TempDir private Path folder;

  /** 8, 16 and 24 examples, two epochs, batches of 8. */
  @Test
  void everythingIsLearnedInTheFirstStage() {
    TinyRun.Result result =
        Baselines.of("joint", ALLOWED, "stream.train=8", "stream.more=8").run(folder);
    assertEquals(2 * 48 / 8, result.steps("task0").size());
    assertEquals(0, result.steps("task1").size() + result.steps("task2").size());
    for (int stage = 1; stage < 3; stage++) {
      for (int task = 0; task < 3; task++) {
        assertEquals(result.accuracy().get(0).get(task), result.accuracy().get(stage).get(task));
      }
    }
  }

  @Test
  void balancedSamplingMeetsEachTaskAsOftenAsTheLargest() {
    TinyRun.Result result =
        Baselines.of(
                "{ type = joint, sampling = balanced }", ALLOWED, "stream.train=8", "stream.more=8")
            .run(folder);
    assertEquals(2 * 3 * 24 / 8, result.steps("task0").size());
  }

  @Test
  void theProtocolMustAllowIt() {
    DataException refused =
        assertThrows(DataException.class, () -> Baselines.of("joint").run(folder));
    assertEquals(1, refused.problems().size(), refused.getMessage());
    assertTrue(
        refused.getMessage().contains("'joint' needs future-data, which nothing offers; offered: "),
        refused.getMessage());
    assertTrue(
        refused
            .getMessage()
            .endsWith(
                "set protocol.future-data = true if an upper bound is meant, or take another strategy"),
        refused.getMessage());
  }

  @Test
  void rehearsalNeedsPastData() {
    for (String strategy : List.of("replay", "a-gem", "der-plus-plus")) {
      DataException refused =
          assertThrows(
              DataException.class,
              () -> Baselines.of(strategy, "protocol.past-data=false").run(folder));
      assertTrue(
          refused.getMessage().contains("'" + strategy + "' needs past-data"),
          refused.getMessage());
    }
  }
}

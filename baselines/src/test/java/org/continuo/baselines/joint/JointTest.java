package org.continuo.baselines.joint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.continuo.api.data.DataException;
import org.continuo.baselines.TinyRun;
import org.junit.jupiter.api.Test;

class JointTest {
  private static final String ALLOWED = "protocol.future-data=true";

  private static long steps(TinyRun.Left left, String task) {
    return left.events().stream()
        .filter(e -> e.contains("\"event\":\"step\"") && e.contains("\"task\":\"" + task + "\""))
        .count();
  }

  /** 8, 16 and 24 examples, two epochs, batches of 8. */
  @Test
  void everythingIsLearnedInTheFirstStage() {
    TinyRun.Left left = TinyRun.of("joint", ALLOWED, "stream.train=8", "stream.more=8").run();
    assertEquals(2 * 48 / 8, steps(left, "task0"));
    assertEquals(0, steps(left, "task1") + steps(left, "task2"));
    for (int stage = 1; stage < 3; stage++) {
      for (int task = 0; task < 3; task++) {
        assertEquals(left.matrix().score(0, task), left.matrix().score(stage, task));
      }
    }
  }

  @Test
  void balancedSamplingMeetsEachTaskAsOftenAsTheLargest() {
    TinyRun.Left left =
        TinyRun.of(
                "{ type = joint, sampling = balanced }", ALLOWED, "stream.train=8", "stream.more=8")
            .run();
    assertEquals(2 * 3 * 24 / 8, steps(left, "task0"));
  }

  @Test
  void theProtocolMustAllowIt() {
    DataException refused = assertThrows(DataException.class, () -> TinyRun.of("joint").run());
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
              DataException.class, () -> TinyRun.of(strategy, "protocol.past-data=false").run());
      assertTrue(
          refused.getMessage().contains("'" + strategy + "' needs past-data"),
          refused.getMessage());
    }
  }
}

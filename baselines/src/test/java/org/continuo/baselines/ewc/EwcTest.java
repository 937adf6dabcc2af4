package org.continuo.baselines.ewc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.continuo.baselines.TinyRun;
import org.junit.jupiter.api.Test;

class EwcTest {
  /** The first step of a task starts at the anchor; from the second on there is a pull. */
  @Test
  void theTermIsThereFromTheSecondTaskOn() {
    for (String mode : List.of("offline", "online")) {
      TinyRun.Left left = TinyRun.of("{ type = ewc, mode = " + mode + " }").run();
      assertEquals(List.of(), left.term("task0", "ewc"));
      List<Double> second = left.term("task1", "ewc");
      assertEquals(0, second.get(0));
      assertTrue(second.get(second.size() - 1) > 0);
      assertFalse(left.term("task2", "ewc").isEmpty());
    }
  }

  @Test
  void aStrongPullKeepsTheExpert() {
    TinyRun.Left free = TinyRun.of("sequential").run();
    TinyRun.Left held = TinyRun.of("{ type = ewc, lambda = 1e7 }").run();
    assertTrue(
        changed(held) < changed(free), "changed answers: " + changed(held) + ", " + changed(free));
  }

  private static long changed(TinyRun.Left left) {
    List<String> then = left.predictions().get("0-task0--task0.jsonl").lines().toList();
    List<String> last = left.predictions().get("2-task2--task0.jsonl").lines().toList();
    return then.stream()
        .filter(line -> last.stream().noneMatch(l -> answer(l).equals(answer(line))))
        .count();
  }

  private static String answer(String line) {
    return line.substring(0, line.indexOf("\"expected\""));
  }
}

package org.continuo.baselines.ewc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.continuo.baselines.Baselines;
import org.continuo.testkit.TinyRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EwcTest {
  @TempDir private Path folder;

  /** The first step of a task starts at the anchor; from the second on there is a pull. */
  @Test
  void theTermIsThereFromTheSecondTaskOn() {
    for (String mode : List.of("offline", "online")) {
      TinyRun.Result result = Baselines.of("{ type = ewc, mode = " + mode + " }").run(folder);
      assertEquals(List.of(), result.term("task0", "ewc"));
      List<Double> second = result.term("task1", "ewc");
      assertEquals(0, second.get(0));
      assertTrue(second.get(second.size() - 1) > 0);
      assertFalse(result.term("task2", "ewc").isEmpty());
    }
  }

  @Test
  void aStrongPullKeepsTheExpert() {
    TinyRun.Result free = Baselines.of("sequential").run(folder);
    TinyRun.Result held = Baselines.of("{ type = ewc, lambda = 1e7 }").run(folder);
    assertTrue(
        changed(held) < changed(free), "changed answers: " + changed(held) + ", " + changed(free));
  }

  private static long changed(TinyRun.Result result) {
    List<String> then = result.predictions().get("0-task0--task0.jsonl").lines().toList();
    List<String> last = result.predictions().get("2-task2--task0.jsonl").lines().toList();
    return then.stream()
        .filter(line -> last.stream().noneMatch(l -> answer(l).equals(answer(line))))
        .count();
  }

  private static String answer(String line) {
    return line.substring(0, line.indexOf("\"expected\""));
  }
}

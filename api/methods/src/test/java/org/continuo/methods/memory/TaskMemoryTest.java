package org.continuo.methods.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.continuo.api.data.Example;
import org.continuo.methods.Look;
import org.junit.jupiter.api.Test;

class TaskMemoryTest {
  @Test
  void keepsEvenlyByAnswerAndDrawsEvenlyByTask() {
    Look.afterEachTask(
        (host, task) -> {
          TaskMemory memory = new TaskMemory(host, "some");
          if (task.index() == 0) {
            assertEquals(List.of(), memory.draw(5, new Random(1)));
          }
          memory.keep(task, task.index() == 0 ? 5 : 2);
          List<Example> kept = host.remembered("some/" + task.name());
          assertEquals(task.index() == 0 ? 5 : 2, new HashSet<>(kept).size());
          assertTrue(host.trainingData().containsAll(kept));
          Map<String, Long> byAnswer =
              kept.stream().collect(Collectors.groupingBy(Example::answer, Collectors.counting()));
          long least = byAnswer.values().stream().min(Long::compare).orElseThrow();
          long most = byAnswer.values().stream().max(Long::compare).orElseThrow();
          assertEquals(2, byAnswer.size());
          assertTrue(most - least <= 1, byAnswer.toString());

          List<Example> drawn = memory.draw(2000, new Random(2));
          assertEquals(2000, drawn.size());
          double share =
              drawn.stream().filter(e -> e.task().equals(kept.get(0).task())).count() / 2000.0;
          // the memory of the second task is smaller, and its share is not; five deviations
          assertEquals(task.index() == 0 ? 1 : 0.5, share, 0.06);
        });
  }

  @Test
  void aTaskThatIsSmallerThanItsShareIsKeptWhole() {
    Look.afterEachTask(
        (host, task) -> {
          new TaskMemory(host, "all").keep(task, 1000);
          assertEquals(
              new HashSet<>(host.trainingData()),
              new HashSet<>(host.remembered("all/" + task.name())));
        });
  }
}

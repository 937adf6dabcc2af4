package org.continuo.methods.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.continuo.api.data.Task;
import org.continuo.api.data.Template;
import org.continuo.methods.Look;
import org.junit.jupiter.api.Test;

class TasksTest {
  private static Task task(String name, int index) {
    return new Task(name, index, Template.PLAIN, List.of("yes", "no"));
  }

  private static final List<Task> ABC = List.of(task("a", 0), task("b", 1), task("c", 2));

  @Test
  void upToOneOfThem() {
    assertEquals(ABC.subList(0, 2), Tasks.upTo("b", ABC));
    assertEquals(ABC, Tasks.upTo("c", ABC));
    assertEquals(ABC, Tasks.upTo("z", ABC));
    assertEquals(List.of(), Tasks.upTo("a", List.of()));
    assertTrue(Tasks.has(ABC, "b"));
    assertFalse(Tasks.has(ABC, "z"));
  }

  @Test
  void theTaskAtHandIsMetOnce() {
    Look.afterEachTask(
        (host, task) -> {
          assertEquals(host.seen(), Tasks.met(host, task));
          Task next = task("next", 9);
          List<Task> ahead = Tasks.met(host, next);
          assertEquals(host.seen(), ahead.subList(0, ahead.size() - 1));
          assertEquals(next, ahead.get(ahead.size() - 1));
        });
  }
}

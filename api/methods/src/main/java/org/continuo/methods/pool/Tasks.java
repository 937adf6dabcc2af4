package org.continuo.methods.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Host;
import org.continuo.api.plugin.Stability;

/** Tasks in the order they were met. */
@Stability(Stability.Level.EVOLVING)
public final class Tasks {
  private Tasks() {}

  /** Those met, {@code task} last if it is not among them: plans look ahead. */
  public static List<Task> met(Host host, Task task) {
    return Stream.concat(host.seen().stream(), Stream.of(task)).distinct().toList();
  }

  /** Whether one of them has this name. */
  public static boolean has(List<Task> tasks, String name) {
    return tasks.stream().map(Task::name).anyMatch(name::equals);
  }

  /** The first of them up to that of this name; all where none has it. */
  public static List<Task> upTo(String name, List<Task> tasks) {
    List<Task> upTo = new ArrayList<>();
    for (Task task : tasks) {
      upTo.add(task);
      if (task.name().equals(name)) {
        break;
      }
    }
    return upTo;
  }
}

package org.continuo.streams.task;

import java.util.List;
import java.util.Map;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;

/**
 * A stream whose examples are all in memory.
 *
 * @param tasks in order
 * @param contents by name of the task, each with all three splits
 */
public record LoadedStream(
    List<Task> tasks, Map<String, Map<Split, List<Example>>> contents, List<String> warnings)
    implements TaskStream {
  public LoadedStream {
    tasks = List.copyOf(tasks);
    contents = Map.copyOf(contents);
    warnings = List.copyOf(warnings);
  }

  @Override
  public List<Example> examples(Task task, Split split) {
    Map<Split, List<Example>> splits = contents.get(task.name());
    if (splits == null) {
      throw new IllegalArgumentException(
          "task: " + Suggestion.unknown(task.name(), tasks.stream().map(Task::name).toList()));
    }
    return splits.get(split);
  }
}

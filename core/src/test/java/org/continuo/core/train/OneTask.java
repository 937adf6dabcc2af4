package org.continuo.core.train;

import java.util.List;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;

/** A stream of one task without examples: for what asks tasks alone. */
record OneTask(Task task) implements TaskStream {
  @Override
  public List<Task> tasks() {
    return List.of(task);
  }

  @Override
  public List<Example> examples(Task task, Split split) {
    return List.of();
  }
}

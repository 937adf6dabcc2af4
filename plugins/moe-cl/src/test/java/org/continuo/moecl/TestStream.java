package org.continuo.moecl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.api.data.Template;
import org.continuo.api.plugin.Plugin;

/** Tasks given in code: the same texts in every split. */
final class TestStream implements TaskStream {
  private final List<Task> tasks = new ArrayList<>();
  private final List<List<Row>> rows = new ArrayList<>();

  /** One example. */
  record Row(String text, String answer) {}

  TestStream with(String name, List<String> labels, List<Row> examples) {
    tasks.add(new Task(name, tasks.size(), Template.PLAIN, labels));
    rows.add(List.copyOf(examples));
    return this;
  }

  @Override
  public List<Task> tasks() {
    return List.copyOf(tasks);
  }

  @Override
  public List<Example> examples(Task task, Split split) {
    List<Example> examples = new ArrayList<>();
    for (Row row : rows.get(task.index())) {
      String id = task.name() + "/" + split + "/" + examples.size();
      examples.add(new Example(id, Optional.of(task.name()), row.text, row.answer));
    }
    return examples;
  }

  /** Offers it as stream {@code test}. */
  record Offer(TestStream stream) implements Plugin<TaskStream.Factory, Plugin.NoOptions> {
    @Override
    public String id() {
      return "test";
    }

    @Override
    public String summary() {
      return "tasks given in code";
    }

    @Override
    public TaskStream.Factory create(NoOptions options) {
      return seed -> stream;
    }
  }
}

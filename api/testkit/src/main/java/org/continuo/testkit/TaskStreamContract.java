package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskNames;
import org.continuo.api.data.TaskStream;
import org.junit.jupiter.api.Test;

/** What every task stream keeps to. The test class of a stream extends it and names the plugin. */
public abstract class TaskStreamContract extends PluginContract<TaskStream.Factory> {
  protected TaskStreamContract() {}

  @Test
  void namesItsTasksInOrder() {
    List<Task> tasks = factory().open(1).tasks();
    assertFalse(tasks.isEmpty(), "no task");
    assertEquals(List.of(), TaskNames.problems(tasks.stream().map(Task::name).toList()));
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      assertEquals(i, task.index(), "index of " + task.name());
      assertEquals(
          task.labels().size(), new HashSet<>(task.labels()).size(), "labels " + task.labels());
    }
  }

  @Test
  void givesEveryExampleOnceInOneSplit() {
    TaskStream stream = factory().open(1);
    Set<String> ids = new HashSet<>();
    for (Task task : stream.tasks()) {
      for (Split split : Split.values()) {
        List<Example> examples = stream.examples(task, split);
        if (split != Split.DEV) {
          assertFalse(examples.isEmpty(), "no example in " + split + " of " + task.name());
        }
        for (Example example : examples) {
          assertTrue(ids.add(example.id()), "a second example " + example.id());
          assertEquals(Optional.of(task.name()), example.task(), example.id());
          assertFalse(example.answer().isEmpty(), "no answer to " + example.id());
          assertTrue(
              task.freeText() || task.labels().contains(example.answer()),
              () -> example.id() + ": '" + example.answer() + "' is none of " + task.labels());
        }
      }
    }
  }

  @Test
  void givesTheSameExamplesForTheSameSeed() {
    TaskStream stream = factory().open(7);
    List<Example> examples = all(stream);
    assertEquals(examples, all(stream), "asked twice");
    assertEquals(examples, all(factory().open(7)), "opened twice");
  }

  private static List<Example> all(TaskStream stream) {
    List<Example> all = new ArrayList<>();
    for (Task task : stream.tasks()) {
      for (Split split : Split.values()) {
        all.addAll(stream.examples(task, split));
      }
    }
    return all;
  }
}

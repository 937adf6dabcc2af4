package org.continuo.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.api.data.Template;
import org.continuo.api.plugin.Option;

/**
 * Whether words of one half of the vocabulary prevail. Every other task asks the opposite of the
 * one before: what is learned for one is wrong for the next.
 */
record TinyStream(Options options, long seed) implements TaskStream {
  record Options(
      @Option(doc = "number of tasks", value = "2", min = 1) int tasks,
      @Option(doc = "examples of each split of a task", value = "32", unit = "examples", min = 2)
          int examples) {}

  static final List<String> LABELS = List.of("low", "high");

  @Override
  public List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (int t = 0; t < options.tasks; t++) {
      tasks.add(new Task("task-" + t, t, Template.PLAIN, LABELS));
    }
    return tasks;
  }

  @Override
  public List<Example> examples(Task task, Split split) {
    Random random = new Random(seed * 31 + task.index() * 7L + split.name().hashCode());
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < options.examples; i++) {
      int label = i % 2;
      boolean upper = (label == 1) == (task.index() % 2 == 0);
      examples.add(
          new Example(
              task.name() + "/" + split + "/" + i,
              task.name(),
              sentence(upper, 3 + 2 * random.nextInt(3), random),
              LABELS.get(label)));
    }
    return examples;
  }

  /** All words but one at most are of the half asked for. */
  private static String sentence(boolean upper, int length, Random random) {
    int half = TinyTokenizer.WORDS / 2;
    int most = length - random.nextInt(2);
    StringBuilder text = new StringBuilder();
    for (int w = 0; w < length; w++) {
      boolean fromUpper = (w < most) == upper;
      text.append('w').append(random.nextInt(half) + (fromUpper ? half : 0)).append(' ');
    }
    return text.toString().strip();
  }
}

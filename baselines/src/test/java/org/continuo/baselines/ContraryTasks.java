package org.continuo.baselines;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.api.data.Template;
import org.continuo.api.plugin.Option;
import org.continuo.api.plugin.Plugin;

/**
 * Tasks on the same words: which half of them prevails. What one task calls high the next calls
 * low, so that they interfere.
 */
public record ContraryTasks(Options options, long seed) implements TaskStream {

  /** How much of it. */
  public record Options(
      @Option(doc = "tasks", value = "3", min = 1) int tasks,
      @Option(doc = "training examples of the first task", value = "24", min = 1) int train,
      @Option(doc = "training examples that each later task has more", value = "0", min = 0)
          int more) {}

  @Override
  public List<Task> tasks() {
    List<Task> all = new ArrayList<>();
    for (int t = 0; t < options.tasks; t++) {
      all.add(new Task("task" + t, t, Template.PLAIN, List.of("low", "high")));
    }
    return all;
  }

  @Override
  public List<Example> examples(Task task, Split split) {
    Random random = new Random(seed * 31 + task.index() * 7L + split.name().hashCode());
    int count = split == Split.TRAIN ? options.train + options.more * task.index() : 16;
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int high = 0;
      StringBuilder text = new StringBuilder();
      int words = 3 + 2 * random.nextInt(3);
      for (int w = 0; w < words; w++) {
        int word = random.nextInt(10);
        high += word >= 5 ? 1 : 0;
        text.append((char) ('a' + word)).append(' ');
      }
      boolean prevails = high * 2 > words;
      examples.add(
          new Example(
              task.name() + "/" + split + "/" + i,
              task.name(),
              text.toString().strip(),
              prevails == (task.index() % 2 == 0) ? "high" : "low"));
    }
    return examples;
  }

  /** Offers it as stream {@code contrary}. */
  static final class Offer implements Plugin<TaskStream.Factory, Options> {
    @Override
    public String id() {
      return "contrary";
    }

    @Override
    public String summary() {
      return "each task calls low what the one before calls high";
    }

    @Override
    public TaskStream.Factory create(Options options) {
      return seed -> new ContraryTasks(options, seed);
    }
  }
}

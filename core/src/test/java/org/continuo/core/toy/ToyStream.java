package org.continuo.core.toy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.api.data.Template;

/** Tasks of three words drawn from 20; the label is whether words of one half prevail. */
public record ToyStream(int count, long seed) implements TaskStream {
  @Override
  public List<Task> tasks() {
    List<Task> all = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      all.add(new Task("task" + t, t, Template.PLAIN, List.of("low", "high")));
    }
    return all;
  }

  @Override
  public List<Example> examples(Task task, Split split) {
    Random random = new Random(seed * 31 + task.index() * 7L + split.name().hashCode());
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 48; i++) {
      int high = 0;
      StringBuilder text = new StringBuilder();
      int words = 3 + 2 * random.nextInt(3);
      for (int w = 0; w < words; w++) {
        int word = random.nextInt(20);
        high += word >= 10 ? 1 : 0;
        text.append("t").append(task.index()).append('w').append(word).append(' ');
      }
      examples.add(
          new Example(
              task.name() + "/" + split + "/" + i,
              task.name(),
              text.toString(),
              high * 2 > words ? "high" : "low"));
    }
    return examples;
  }
}

package org.continuo.moecl.adversary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Host;

/** A few training examples of each task that has ended, so that labels of tasks contrast. */
final class TaskSample {
  private final DiscriminatorOptions options;
  private final Host host;

  TaskSample(DiscriminatorOptions options, Host host) {
    this.options = options;
    this.host = host;
  }

  /** Keeps as many as the options say, drawn evenly by answer. */
  void keep(Task task) {
    Map<String, List<Example>> byAnswer = new LinkedHashMap<>();
    for (Example example : shuffled(host.trainingData(), host.random("task sample"))) {
      byAnswer.computeIfAbsent(example.answer(), answer -> new ArrayList<>()).add(example);
    }
    List<Example> kept = new ArrayList<>();
    for (int round = 0; kept.size() < options.buffer() && !byAnswer.isEmpty(); round++) {
      int place = round;
      byAnswer.values().removeIf(examples -> examples.size() <= place);
      byAnswer.values().forEach(examples -> kept.add(examples.get(place)));
    }
    host.remember(name(task), kept.subList(0, Math.min(options.buffer(), kept.size())));
  }

  /** Rows for one step: each from an earlier task drawn at random, and from that task at random. */
  List<Example> draw() {
    List<List<Example>> kept =
        host.seen().stream()
            .map(task -> host.remembered(name(task)))
            .filter(e -> !e.isEmpty())
            .toList();
    if (kept.isEmpty()) {
      return List.of();
    }
    RandomGenerator random = host.random("rows of earlier tasks");
    List<Example> drawn = new ArrayList<>();
    for (int i = 0; i < options.replayed(); i++) {
      List<Example> one = kept.get(random.nextInt(kept.size()));
      drawn.add(one.get(random.nextInt(one.size())));
    }
    return drawn;
  }

  private static String name(Task task) {
    return "task sample/" + task.name();
  }

  private static List<Example> shuffled(List<Example> examples, RandomGenerator random) {
    List<Example> shuffled = new ArrayList<>(examples);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      Example swapped = shuffled.get(i);
      shuffled.set(i, shuffled.get(j));
      shuffled.set(j, swapped);
    }
    return shuffled;
  }
}

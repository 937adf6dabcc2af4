package org.continuo.methods.memory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Host;
import org.continuo.api.plugin.Stability;

/**
 * A few examples of each task that has ended, drawn so that every task counts the same. The host
 * holds them, so that they count as stored; {@code Capability.PAST_DATA} is needed.
 */
@Stability(Stability.Level.EVOLVING)
public final class TaskMemory {
  private final Host host;
  private final String name;

  /**
   * @param name under which the host keeps it, and the salt of the choice of examples
   */
  public TaskMemory(Host host, String name) {
    this.host = host;
    this.name = name;
  }

  /**
   * Keeps examples of the task at hand, as evenly by answer as there are some.
   *
   * @param most examples kept of it
   */
  public void keep(Task task, int most) {
    Map<String, List<Example>> byAnswer = new LinkedHashMap<>();
    for (Example example : Draw.shuffled(host.trainingData(), host.random(name))) {
      byAnswer.computeIfAbsent(example.answer(), answer -> new ArrayList<>()).add(example);
    }
    List<Example> kept = new ArrayList<>();
    for (int round = 0; kept.size() < most && !byAnswer.isEmpty(); round++) {
      int place = round;
      byAnswer.values().removeIf(examples -> examples.size() <= place);
      byAnswer.values().forEach(examples -> kept.add(examples.get(place)));
    }
    host.remember(stored(task), kept.subList(0, Math.min(most, kept.size())));
  }

  /**
   * Each from a task drawn at random, and from that task at random: the same one may come twice.
   *
   * @return {@code count} examples, or none while no task has ended
   */
  public List<Example> draw(int count, RandomGenerator random) {
    List<List<Example>> kept =
        host.seen().stream()
            .map(task -> host.remembered(stored(task)))
            .filter(examples -> !examples.isEmpty())
            .toList();
    List<Example> drawn = new ArrayList<>();
    for (int i = 0; i < count && !kept.isEmpty(); i++) {
      List<Example> one = kept.get(random.nextInt(kept.size()));
      drawn.add(one.get(random.nextInt(one.size())));
    }
    return drawn;
  }

  private String stored(Task task) {
    return name + "/" + task.name();
  }
}

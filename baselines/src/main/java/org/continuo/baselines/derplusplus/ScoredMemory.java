package org.continuo.baselines.derplusplus;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.continuo.api.data.Example;
import org.continuo.api.learning.Host;
import org.continuo.api.tensor.Tensors;
import org.continuo.methods.memory.Draw;
import org.continuo.methods.memory.Reservoir;

/** A reservoir of examples with the scores they had when they were met. */
final class ScoredMemory {

  /**
   * @param scores one per label of the example's task, in their order
   */
  record Item(Example example, List<Float> scores) {
    Item {
      scores = List.copyOf(scores);
    }
  }

  private static final String NAME = "memory";
  private static final String SCORES = "scores";
  private static final String COUNTS = "counts";
  private static final String OFFERED = "offered";

  private final int budget;
  private Reservoir<Item> reservoir;

  ScoredMemory(int budget) {
    this.budget = budget;
    this.reservoir = new Reservoir<>(budget);
  }

  /** Goes on from what the host holds: nothing, before the first task has ended. */
  void restore(Host host) {
    Tensors kept = host.kept(NAME);
    if (kept.isEmpty()) {
      reservoir = new Reservoir<>(budget);
      return;
    }
    List<Item> items = new ArrayList<>();
    float[] scores = kept.get(SCORES).toFloatArray();
    long[] counts = kept.get(COUNTS).toLongArray();
    List<Example> examples = host.remembered(NAME);
    int at = 0;
    for (int i = 0; i < counts.length; i++) {
      List<Float> own = new ArrayList<>();
      for (int s = 0; s < counts[i]; s++) {
        own.add(scores[at++]);
      }
      items.add(new Item(examples.get(i), own));
    }
    reservoir = new Reservoir<>(budget, items, kept.get(OFFERED).getLong());
  }

  /** Gives the host what is to outlive the task, so that it counts as stored. */
  void keep(Host host) {
    List<Item> items = reservoir.items();
    List<Float> scores = items.stream().flatMap(item -> item.scores.stream()).toList();
    float[] flat = new float[scores.size()];
    for (int s = 0; s < flat.length; s++) {
      flat[s] = scores.get(s);
    }
    long[] counts = items.stream().mapToLong(item -> item.scores.size()).toArray();
    NDManager scope = host.scope();
    host.remember(NAME, items.stream().map(Item::example).toList());
    host.keep(
        NAME,
        new Tensors(
            Map.of(
                SCORES, scope.create(flat),
                COUNTS, scope.create(counts),
                OFFERED, scope.create(reservoir.offered()))));
  }

  void offer(Item item, RandomGenerator random) {
    reservoir.offer(item, random);
  }

  List<Item> draw(int count, RandomGenerator random) {
    return Draw.without(reservoir.items(), count, random);
  }

  int size() {
    return reservoir.items().size();
  }
}

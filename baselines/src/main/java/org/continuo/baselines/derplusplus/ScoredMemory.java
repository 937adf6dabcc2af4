package org.continuo.baselines.derplusplus;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.continuo.api.data.Example;
import org.continuo.baselines.memory.Draw;

/**
 * A reservoir of examples with the scores they had when they were met (Vitter 1985, algorithm R).
 */
final class ScoredMemory {

  /**
   * @param scores one per label of the example's task, in their order
   */
  record Item(Example example, List<Float> scores) {
    Item {
      scores = List.copyOf(scores);
    }
  }

  private final int budget;
  private final List<Item> items = new ArrayList<>();
  private long offered;

  ScoredMemory(int budget) {
    this.budget = budget;
  }

  void offer(Item item, RandomGenerator random) {
    offered++;
    if (items.size() < budget) {
      items.add(item);
    } else {
      long place = random.nextLong(offered);
      if (place < budget) {
        items.set((int) place, item);
      }
    }
  }

  List<Item> draw(int count, RandomGenerator random) {
    return Draw.without(items, count, random);
  }

  int size() {
    return items.size();
  }
}

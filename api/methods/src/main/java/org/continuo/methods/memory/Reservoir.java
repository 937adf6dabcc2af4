package org.continuo.methods.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.continuo.api.plugin.Stability;

/**
 * A sample of all that was offered, each with the same probability, whose size does not grow
 * (Vitter 1985, algorithm R).
 */
@Stability(Stability.Level.EVOLVING)
public final class Reservoir<T> {
  private final int budget;
  private final List<T> items;
  private long offered;

  /** An empty one. */
  public Reservoir(int budget) {
    this(budget, List.of(), 0);
  }

  /**
   * Goes on from what an earlier one held.
   *
   * @param budget most items held, at least 1
   * @param held in its order, at most {@code budget}
   * @param offered items it was offered, those held among them
   */
  public Reservoir(int budget, List<T> held, long offered) {
    this.budget = budget;
    this.items = new ArrayList<>(held);
    this.offered = offered;
  }

  /** Takes it while there is room, else with probability {@code budget / offered} for another. */
  public void offer(T item, RandomGenerator random) {
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

  /** What is held now. */
  public List<T> items() {
    return List.copyOf(items);
  }

  /** How many items were offered so far. */
  public long offered() {
    return offered;
  }
}

package org.continuo.methods.memory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How a budget is split among groups of different sizes. */
final class Quotas {
  private Quotas() {}

  /**
   * As evenly as sizes allow: what a small group leaves goes to the others, single examples that
   * remain to the first of them.
   *
   * @param sizes of the groups
   * @return one quota per group, at most its size, at most {@code budget} together
   */
  static List<Integer> even(int budget, List<Integer> sizes) {
    List<Integer> quotas = new ArrayList<>(Collections.nCopies(sizes.size(), 0));
    int left = Math.min(budget, sizes.stream().mapToInt(Integer::intValue).sum());
    while (left > 0) {
      List<Integer> open = new ArrayList<>();
      for (int g = 0; g < quotas.size(); g++) {
        if (quotas.get(g) < sizes.get(g)) {
          open.add(g);
        }
      }
      int share = Math.max(1, left / open.size());
      for (int g : open) {
        int more = Math.min(Math.min(share, left), sizes.get(g) - quotas.get(g));
        quotas.set(g, quotas.get(g) + more);
        left -= more;
      }
    }
    return quotas;
  }
}

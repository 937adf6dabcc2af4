package org.continuo.streams.task;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/** Draws from groups (labels), in two ways that both keep the order of what is drawn from. */
public final class EvenDraw {
  private EvenDraw() {}

  /**
   * As many of each group as possible: no group gives two more than another that has any left. A
   * smaller draw with the same numbers is part of a larger one.
   *
   * @param limit how many; 0 for all
   */
  public static <E> List<E> draw(
      List<E> from, int limit, Function<E, String> group, Random random) {
    if (limit == 0 || limit >= from.size()) {
      return List.copyOf(from);
    }
    List<List<Integer>> groups = shuffled(from, group, random);
    Collections.shuffle(groups, random);
    BitSet drawn = new BitSet();
    int left = limit;
    for (int round = 0; left > 0; round++) {
      for (List<Integer> places : groups) {
        if (left > 0 && round < places.size()) {
          drawn.set(places.get(round));
          left--;
        }
      }
    }
    return drawn.stream().mapToObj(from::get).toList();
  }

  /**
   * The same share of each group, leaving at least one of each; at least one in all if any group
   * has two. Shares that are no whole numbers are rounded so that the total is right (largest
   * remainder).
   */
  public static <E> List<E> share(
      List<E> from, double share, Function<E, String> group, Random random) {
    List<List<Integer>> groups = shuffled(from, group, random);
    int[] taken = new int[groups.size()];
    int left = (int) Math.max(1, Math.round(share * from.size()));
    for (int g = 0; g < taken.length; g++) {
      int size = groups.get(g).size();
      taken[g] = Math.min((int) (share * size), size - 1);
      left -= taken[g];
    }
    for (; left > 0; left--) {
      int most = neediest(groups, taken, share);
      if (most < 0) {
        break;
      }
      taken[most]++;
    }
    BitSet drawn = new BitSet();
    for (int g = 0; g < taken.length; g++) {
      groups.get(g).subList(0, taken[g]).forEach(drawn::set);
    }
    return drawn.stream().mapToObj(from::get).toList();
  }

  /** The group that is furthest below its share and has one to spare; -1 if none has. */
  private static int neediest(List<List<Integer>> groups, int[] taken, double share) {
    int best = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int g = 0; g < taken.length; g++) {
      int size = groups.get(g).size();
      double missing = share * size - taken[g];
      if (taken[g] < size - 1 && missing > most) {
        best = g;
        most = missing;
      }
    }
    return best;
  }

  /** Places of each group's members in random order, the groups by name. */
  private static <E> List<List<Integer>> shuffled(
      List<E> from, Function<E, String> group, Random random) {
    Map<String, List<Integer>> places = new TreeMap<>();
    for (int i = 0; i < from.size(); i++) {
      places.computeIfAbsent(group.apply(from.get(i)), name -> new ArrayList<>()).add(i);
    }
    places.values().forEach(list -> Collections.shuffle(list, random));
    return new ArrayList<>(places.values());
  }
}

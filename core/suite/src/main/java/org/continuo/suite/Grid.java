package org.continuo.suite;

import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** All combinations of the values of some options. */
final class Grid {
  private final Map<String, List<ConfigValue>> values;

  /**
   * @param values by path inside the experiment
   */
  Grid(Map<String, List<ConfigValue>> values) {
    this.values = new TreeMap<>(values);
  }

  /** Number of points; the largest number there is if that is exceeded. */
  long size() {
    long size = 1;
    for (List<ConfigValue> each : values.values()) {
      size = Math.multiplyHigh(size, each.size()) == 0 ? size * each.size() : Long.MAX_VALUE;
      if (size < 0) {
        return Long.MAX_VALUE;
      }
    }
    return size;
  }

  /**
   * Different points at random, in the order of the grid. Grids of one size give points at the same
   * places for the same seed.
   *
   * @param count at most {@link #size()}
   */
  List<Point> draw(int count, long seed) {
    long size = size();
    Collection<Long> places = new TreeSet<>();
    if (count == size) {
      LongStream.range(0, size).forEach(places::add);
    }
    SplittableRandom random = new SplittableRandom(seed);
    while (places.size() < count) {
      places.add(random.nextLong(size));
    }
    List<Point> points = new ArrayList<>();
    places.forEach(place -> points.add(point(place)));
    return points;
  }

  private Point point(long place) {
    Map<String, ConfigValue> chosen = new LinkedHashMap<>();
    long rest = place;
    for (Map.Entry<String, List<ConfigValue>> each : values.entrySet()) {
      int count = each.getValue().size();
      chosen.put(each.getKey(), each.getValue().get((int) (rest % count)));
      rest /= count;
    }
    return new Point(chosen);
  }
}

package org.continuo.reports.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A number recorded at steps of one task, in rising order of steps. */
public final class Curve {
  private int[] steps = new int[64];
  private double[] values = new double[64];
  private int size;

  /**
   * One or more neighbouring points.
   *
   * @param step the middle of theirs
   */
  public record Bucket(double step, double mean, double low, double high) {}

  /** A step recorded again after a resume replaces it and what came after it. */
  void add(int step, double value) {
    while (size > 0 && steps[size - 1] >= step) {
      size--;
    }
    if (size == steps.length) {
      steps = Arrays.copyOf(steps, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    steps[size] = step;
    values[size] = value;
    size++;
  }

  public int size() {
    return size;
  }

  public OptionalInt lastStep() {
    return size == 0 ? OptionalInt.empty() : OptionalInt.of(steps[size - 1]);
  }

  /** The first step whose value is infinite or not a number. */
  public OptionalInt firstNotFinite() {
    return IntStream.range(0, size)
        .filter(i -> !Double.isFinite(values[i]))
        .map(i -> steps[i])
        .findFirst();
  }

  /** Those that are finite. */
  public DoubleStream values() {
    return Arrays.stream(values, 0, size).filter(Double::isFinite);
  }

  /** Mean of the first tenth of the points, at least one. */
  public OptionalDouble start() {
    return finiteMean(0, tenth());
  }

  /** Mean of the last tenth of the points, at least one. */
  public OptionalDouble end() {
    return finiteMean(size - tenth(), size);
  }

  private int tenth() {
    return Math.min(size, Math.max(1, size / 10));
  }

  private OptionalDouble finiteMean(int from, int to) {
    return Arrays.stream(values, from, to).filter(Double::isFinite).average();
  }

  /**
   * The points as they are if there are at most {@code most}, otherwise means over that many equal
   * stretches of steps, with the extremes of each so that a single spike is not lost. Points that
   * are not finite are left out.
   */
  public List<Bucket> thinned(int most) {
    int[] finite = IntStream.range(0, size).filter(i -> Double.isFinite(values[i])).toArray();
    List<Bucket> buckets = new ArrayList<>();
    if (finite.length <= most) {
      for (int i : finite) {
        buckets.add(new Bucket(steps[i], values[i], values[i], values[i]));
      }
      return buckets;
    }
    double first = steps[finite[0]];
    double width = (steps[finite[finite.length - 1]] - first + 1) / most;
    int from = 0;
    while (from < finite.length) {
      int bucket = (int) ((steps[finite[from]] - first) / width);
      int to = from + 1;
      while (to < finite.length && (int) ((steps[finite[to]] - first) / width) == bucket) {
        to++;
      }
      var statistics =
          Arrays.stream(finite, from, to).mapToDouble(i -> values[i]).summaryStatistics();
      buckets.add(
          new Bucket(
              (steps[finite[from]] + steps[finite[to - 1]]) / 2.0,
              statistics.getAverage(),
              statistics.getMin(),
              statistics.getMax()));
      from = to;
    }
    return buckets;
  }
}

package org.continuo.methods.memory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Examples whose mean stays closest to the mean of all (Rebuffi et al. 2017, iCaRL, eq. 4). */
final class Herding {
  private Herding() {}

  /**
   * @param features one vector per example, each scaled to length 1 here
   * @return places of at most {@code count} examples, the most telling first
   */
  static List<Integer> order(List<float[]> features, int count) {
    List<double[]> units = features.stream().map(Herding::unit).toList();
    int width = units.isEmpty() ? 0 : units.get(0).length;
    double[] mean = new double[width];
    for (double[] unit : units) {
      for (int d = 0; d < width; d++) {
        mean[d] += unit[d] / units.size();
      }
    }
    double[] sum = new double[width];
    Set<Integer> chosen = new LinkedHashSet<>();
    while (chosen.size() < Math.min(count, units.size())) {
      int best = closest(units, chosen, mean, sum);
      chosen.add(best);
      for (int d = 0; d < width; d++) {
        sum[d] += units.get(best)[d];
      }
    }
    return new ArrayList<>(chosen);
  }

  private static int closest(
      List<double[]> units, Set<Integer> chosen, double[] mean, double[] sum) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < units.size(); i++) {
      double distance = 0;
      for (int d = 0; d < mean.length; d++) {
        double gap = mean[d] - (sum[d] + units.get(i)[d]) / (chosen.size() + 1);
        distance += gap * gap;
      }
      if (!chosen.contains(i) && distance < least) {
        best = i;
        least = distance;
      }
    }
    return best;
  }

  private static double[] unit(float[] feature) {
    double squared = 0;
    for (float x : feature) {
      squared += (double) x * x;
    }
    double length = Math.max(Math.sqrt(squared), 1e-12);
    double[] unit = new double[feature.length];
    for (int d = 0; d < unit.length; d++) {
      unit[d] = feature[d] / length;
    }
    return unit;
  }
}

package org.continuo.api.result;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.plugin.Stability;

/**
 * What graded answers to the test examples of one task are worth, beyond their mean grade. The host
 * asks after every test of every task, and again on resamples of the same answers to tell how sure
 * a number is: from several threads at once, so a metric keeps no state.
 */
@Stability(Stability.Level.EVOLVING)
public interface Metric {
  /** Name of the value that is about the whole task. */
  String TOTAL = "total";

  /** Name of the value, or curve, that is about one label. */
  static String ofLabel(String label) {
    return "label:" + label;
  }

  /**
   * Its name holds every option that changes the numbers, so that two variants stand side by side.
   */
  MetricDefinition definition();

  /**
   * The numbers.
   *
   * @param predictions of one task at one stage, at least one, in no particular order; an example
   *     may occur more than once
   * @return shares in [0,1] by name ({@link #TOTAL}, {@link #ofLabel}, or its own), in the order of
   *     a table; empty if the predictions do not hold what it is made from, such as probabilities
   */
  Map<String, Double> values(List<Prediction> predictions);

  /** What stands behind the numbers, of at most a few hundred points each. */
  default List<Curve> curves(List<Prediction> predictions) {
    return List.of();
  }

  /**
   * A line in a chart.
   *
   * @param name that of the value it explains, or its own
   * @param x title of the axis; both axes reach from 0 to 1
   * @param points by rising x
   * @param chosen the point behind the value, if one of them is
   */
  record Curve(String name, String x, String y, List<Point> points, Optional<Point> chosen) {
    public Curve {
      points = List.copyOf(points);
    }
  }

  /** A point of a curve. */
  record Point(double x, double y) {}

  /** Made once per run. */
  interface Factory {
    Metric create();
  }
}

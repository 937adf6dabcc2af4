package org.continuo.suite.statistics;

import java.util.List;

/** Which points no other beats in score and cost at once. */
public final class ParetoFront {
  private ParetoFront() {}

  /**
   * @param score the larger the better
   * @param cost the smaller the better
   */
  public record Point(double score, double cost) {
    boolean beats(Point other) {
      return score >= other.score
          && cost <= other.cost
          && (score > other.score || cost < other.cost);
    }
  }

  /** For each point whether it is on the front; one without a score is not. */
  public static List<Boolean> of(List<Point> points) {
    return points.stream()
        .map(
            point ->
                Double.isFinite(point.score())
                    && points.stream().noneMatch(other -> other.beats(point)))
        .toList();
  }
}

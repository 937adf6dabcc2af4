package org.continuo.metrics;

import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.continuo.api.result.Metric;

/** Precision against the share a label claims, as its threshold falls. */
final class PrecisionCurve {
  static final int MOST_POINTS = 200;

  private PrecisionCurve() {}

  static Metric.Curve of(LabelRanking ranking, double precision) {
    Optional<Integer> chosen = ranking.loosest(precision);
    int cuts = ranking.cuts().size();
    // one place is kept for the chosen cut, which may lie between the others
    IntStream places =
        cuts <= MOST_POINTS
            ? IntStream.range(0, cuts)
            : IntStream.concat(
                    LongStream.range(0, MOST_POINTS - 1)
                        .mapToInt(i -> (int) (i * (cuts - 1) / (MOST_POINTS - 2))),
                    chosen.stream().mapToInt(Integer::intValue))
                .distinct()
                .sorted();
    return new Metric.Curve(
        Metric.ofLabel(ranking.label()),
        "share of items claimed",
        "precision among them",
        places.mapToObj(place -> point(ranking, place)).toList(),
        chosen.map(place -> point(ranking, place)));
  }

  private static Metric.Point point(LabelRanking ranking, int place) {
    LabelRanking.Cut cut = ranking.cuts().get(place);
    return new Metric.Point((double) cut.claimed() / ranking.items(), cut.precision());
  }
}

package org.continuo.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.continuo.api.result.Prediction;

/**
 * The items by falling probability of one label. An item that scores other labels but not this one
 * has probability 0; an item without any probability is not ranked.
 *
 * @param items n
 * @param ranked places of items among the predictions
 * @param cuts where a threshold may stand: after each group of equal probabilities, by falling
 *     threshold
 */
record LabelRanking(String label, int items, List<Integer> ranked, List<Cut> cuts) {

  /**
   * A threshold, by what is at or above it.
   *
   * @param claimed items, at least 1
   * @param right those of them that have the label
   */
  record Cut(int claimed, int right) {
    /** A quotient, not a product with the required precision: 7 of 10 is 0.7 exactly as written. */
    double precision() {
      return (double) right / claimed;
    }
  }

  static LabelRanking of(String label, List<Prediction> predictions) {
    double[] scores =
        predictions.stream()
            .mapToDouble(prediction -> prediction.probabilities().getOrDefault(label, 0.0))
            .toArray();
    List<Integer> ranked =
        IntStream.range(0, predictions.size())
            .filter(item -> !predictions.get(item).probabilities().isEmpty())
            .boxed()
            .sorted((one, other) -> Double.compare(scores[other], scores[one]))
            .toList();
    List<Cut> cuts = new ArrayList<>();
    int right = 0;
    for (int i = 0; i < ranked.size(); i++) {
      right += predictions.get(ranked.get(i)).expected().equals(label) ? 1 : 0;
      boolean tied = i + 1 < ranked.size() && scores[ranked.get(i)] == scores[ranked.get(i + 1)];
      if (!tied) {
        cuts.add(new Cut(i + 1, right));
      }
    }
    return new LabelRanking(label, predictions.size(), ranked, List.copyOf(cuts));
  }

  /** The loosest cut that keeps the precision, as a place among {@link #cuts}. */
  Optional<Integer> loosest(double precision) {
    return IntStream.range(0, cuts.size())
        .map(i -> cuts.size() - 1 - i)
        .filter(i -> cuts.get(i).precision() >= precision)
        .boxed()
        .findFirst();
  }

  /** The items above the loosest threshold that keeps the precision; none if there is none. */
  List<Integer> claimed(double precision) {
    return loosest(precision)
        .map(cut -> ranked.subList(0, cuts.get(cut).claimed()))
        .orElse(List.of());
  }
}

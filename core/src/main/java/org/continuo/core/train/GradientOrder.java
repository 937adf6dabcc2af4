package org.continuo.core.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.continuo.api.learning.Contribution;

/** Orders gradient transforms by the names they declare; ties by name, never by position. */
final class GradientOrder {
  private GradientOrder() {}

  /**
   * @throws IllegalArgumentException if transforms wait for each other; the message names them
   */
  static List<Contribution.Gradient> of(List<Contribution> contributions) {
    List<Contribution.Gradient> waiting = new ArrayList<>();
    contributions.forEach(contribution -> waiting.addAll(contribution.gradients()));
    waiting.sort(Comparator.comparing(Contribution.Gradient::name));
    List<Contribution.Gradient> ordered = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Contribution.Gradient next =
          waiting.stream()
              .filter(t -> waiting.stream().noneMatch(o -> t.after().contains(o.name())))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "gradient transforms wait for each other: "
                              + waiting.stream().map(Contribution.Gradient::name).toList()
                              + "; mend what they declare as 'after'"));
      waiting.remove(next);
      ordered.add(next);
    }
    return ordered;
  }
}

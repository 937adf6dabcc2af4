package org.continuo.core.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.continuo.api.learning.Objective;

/** Orders gradient transforms by the names they declare; ties by name, never by position. */
final class GradientOrder {
  private GradientOrder() {}

  /**
   * @throws IllegalArgumentException if transforms wait for each other; the message names them
   */
  static List<Objective.Gradient> of(List<Objective> objectives) {
    List<Objective.Gradient> waiting = new ArrayList<>();
    objectives.forEach(objective -> waiting.addAll(objective.gradients()));
    waiting.sort(Comparator.comparing(Objective.Gradient::name));
    List<Objective.Gradient> ordered = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Objective.Gradient next =
          waiting.stream()
              .filter(t -> waiting.stream().noneMatch(o -> t.after().contains(o.name())))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "gradient transforms wait for each other: "
                              + waiting.stream().map(Objective.Gradient::name).toList()
                              + "; mend what they declare as 'after'"));
      waiting.remove(next);
      ordered.add(next);
    }
    return ordered;
  }
}

package org.continuo.core.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Watches the loss terms of one task for those that train nothing, or nothing but themselves. */
final class LossGuard {
  private static final double DOMINATES = 100;

  private final String task;
  private final Map<String, Term> terms = new LinkedHashMap<>();

  LossGuard(String task) {
    this.task = task;
  }

  /** What was seen of one term. */
  private static final class Term {
    int steps;
    int zero;
    int dominant;
  }

  /**
   * @param weighted the terms of one step, with their weight
   */
  void see(Map<String, Double> weighted) {
    double own = Math.abs(weighted.getOrDefault(TrainingStep.TASK_TERM, 0.0));
    weighted.forEach(
        (name, value) -> {
          Term term = terms.computeIfAbsent(name, n -> new Term());
          term.steps++;
          term.zero += value == 0 ? 1 : 0;
          boolean other = !name.equals(TrainingStep.TASK_TERM);
          term.dominant += other && Math.abs(value) > DOMINATES * own ? 1 : 0;
        });
  }

  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    terms.forEach(
        (name, term) -> {
          if (term.zero == term.steps) {
            warnings.add(
                "loss term '%s' was 0 in all %d steps of task '%s': it trained nothing; check its weight and what it reads, or take it out"
                    .formatted(name, term.steps, task));
          }
          if (2 * term.dominant > term.steps) {
            warnings.add(
                String.format(
                    Locale.ROOT,
                    "loss term '%s', with its weight, was more than %.0f times the task loss in %d of %d steps of task '%s': the task hardly counted there; lower its weight",
                    name,
                    DOMINATES,
                    term.dominant,
                    term.steps,
                    task));
          }
        });
    return warnings;
  }
}

package org.continuo.core.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.continuo.api.result.MetricDefinition;

/**
 * The measures of continual learning, each variant that is in use under a name of its own: software
 * packages give the same name to different formulas, so {@code bwt} alone would say nothing.
 *
 * <p>Their formulas are over {@code R[t][i]}, score on task i of T after training task t, both from
 * 0; {@code b[i]} is the score before any training, {@code n[i]} the test examples of task i.
 */
public final class ContinualMetrics {
  private static final String GEM = "Lopez-Paz and Ranzato 2017, arXiv 1706.08840";
  private static final String DIAZ_RODRIGUEZ = "Díaz-Rodríguez et al. 2018, arXiv 1810.13166";

  private static final List<Measure> MEASURES =
      List.of(
          new Measure(
              new MetricDefinition(
                  "acc.final",
                  "Final accuracy",
                  "Mean score over all tasks after the last one is trained",
                  "(1/T) Σ_i R[T-1][i]",
                  GEM + " (ACC)",
                  true),
              Needs.STAGES,
              r -> mean(size(r), i -> r.score(size(r) - 1, i))),
          new Measure(
              new MetricDefinition(
                  "acc.final-samples",
                  "Final accuracy, per example",
                  "Mean score over all test examples after the last task is trained, so that large"
                      + " test sets count more",
                  "Σ_i n[i] R[T-1][i] / Σ_i n[i]",
                  "PILOT (total accuracy), Avalanche (StreamAccuracy)",
                  true),
              Needs.STAGES,
              r -> sampleMean(r, size(r) - 1, size(r))),
          new Measure(
              new MetricDefinition(
                  "aia",
                  "Average incremental accuracy",
                  "Mean over the stages of the mean score on the tasks met so far",
                  "(1/T) Σ_t (1/(t+1)) Σ_{i≤t} R[t][i]",
                  "Rebuffi et al. 2017, arXiv 1611.07725; per task as in CapyMOA",
                  true),
              Needs.STAGES,
              r -> mean(size(r), t -> mean(t + 1, i -> r.score(t, i)))),
          new Measure(
              new MetricDefinition(
                  "aia.samples",
                  "Average incremental accuracy, per example",
                  "Mean over the stages of the score on all test examples of the tasks met so far",
                  "(1/T) Σ_t (Σ_{i≤t} n[i] R[t][i] / Σ_{i≤t} n[i])",
                  "Rebuffi et al. 2017, arXiv 1611.07725; per example as in PILOT",
                  true),
              Needs.STAGES,
              r -> mean(size(r), t -> sampleMean(r, t, t + 1))),
          new Measure(
              new MetricDefinition(
                  "acc.all-average",
                  "Average over stages and tasks",
                  "Mean score over all stages and all tasks, met or not",
                  "(1/T²) Σ_t Σ_i R[t][i]",
                  "CapyMOA (accuracy_all_avg)",
                  true),
              Needs.STAGES,
              r -> mean(size(r), t -> mean(size(r), i -> r.score(t, i)))),
          new Measure(
              new MetricDefinition(
                  "la",
                  "Learning accuracy",
                  "Mean score on each task directly after it is trained",
                  "(1/T) Σ_i R[i][i]",
                  "Riemer et al. 2019, arXiv 1810.11910",
                  true),
              Needs.STAGES,
              r -> mean(size(r), i -> r.score(i, i))),
          new Measure(
              new MetricDefinition(
                  "bwt.gem",
                  "Backward transfer",
                  "Mean change of earlier tasks' scores from directly after their training to the"
                      + " end; negative means forgetting",
                  "(1/(T-1)) Σ_{i<T-1} (R[T-1][i] − R[i][i])",
                  GEM + " (BWT)",
                  true),
              Needs.TWO_TASKS,
              ContinualMetrics::backwardTransfer),
          new Measure(
              new MetricDefinition(
                  "bwt.all-pairs",
                  "Backward transfer, all stages",
                  "Mean change of earlier tasks' scores since their training, at every later stage",
                  "(2/(T(T-1))) Σ_{t>i} (R[t][i] − R[i][i])",
                  DIAZ_RODRIGUEZ + "; CapyMOA",
                  true),
              Needs.TWO_TASKS,
              r -> meanOfPairs(size(r), (later, i) -> r.score(later, i) - r.score(i, i))),
          new Measure(
              new MetricDefinition(
                  "forgetting.first-last",
                  "Forgetting, first to last",
                  "Mean loss of earlier tasks' scores from directly after their training to the"
                      + " end; negative if they improved",
                  "(1/(T-1)) Σ_{i<T-1} (R[i][i] − R[T-1][i])",
                  "Avalanche (forgetting)",
                  false),
              Needs.TWO_TASKS,
              r -> 0.0 - backwardTransfer(r)),
          new Measure(
              new MetricDefinition(
                  "forgetting.chaudhry",
                  "Forgetting",
                  "Mean loss of earlier tasks' scores from their best at any stage before the last"
                      + " to the end; negative if they improved",
                  "(1/(T-1)) Σ_{i<T-1} (max_{i≤t<T-1} R[t][i] − R[T-1][i])",
                  "Chaudhry et al. 2018, arXiv 1801.10112",
                  false),
              Needs.TWO_TASKS,
              r -> meanDrop(r, i -> best(r, i, i, size(r) - 1))),
          new Measure(
              new MetricDefinition(
                  "forgetting.clamped",
                  "Forgetting, never negative",
                  "As forgetting, but from the best at any stage, the last and those before the"
                      + " task's training included; hides improvement",
                  "(1/(T-1)) Σ_{i<T-1} (max_t R[t][i] − R[T-1][i])",
                  "Mammoth, PILOT",
                  false),
              Needs.TWO_TASKS,
              r -> meanDrop(r, i -> best(r, i, 0, size(r)))),
          new Measure(
              new MetricDefinition(
                  "fwt.gem",
                  "Forward transfer",
                  "Mean score on tasks directly before their training, above that of the untrained"
                      + " model",
                  "(1/(T-1)) Σ_{i≥1} (R[i-1][i] − b[i])",
                  GEM + " (FWT)",
                  true),
              Needs.TWO_TASKS_AND_ZERO_SHOT,
              r ->
                  mean(
                      size(r) - 1, i -> r.score(i, i + 1) - r.zeroShot().orElseThrow().get(i + 1))),
          new Measure(
              new MetricDefinition(
                  "fwt.no-baseline",
                  "Forward transfer, without baseline",
                  "Mean score on tasks not yet trained; what guessing earns is counted too",
                  "(2/(T(T-1))) Σ_{t<i} R[t][i]",
                  DIAZ_RODRIGUEZ + "; CapyMOA",
                  true),
              Needs.TWO_TASKS,
              r -> meanOfPairs(size(r), (i, earlier) -> r.score(earlier, i))));

  private ContinualMetrics() {}

  /** All of them, in the order of {@link #of}. */
  public static List<MetricDefinition> definitions() {
    return MEASURES.stream().map(Measure::definition).toList();
  }

  /**
   * Those that the matrix defines, by {@link MetricDefinition#name}, most used first. All need
   * every task to be trained, transfer and forgetting need two tasks, {@code fwt.gem} the zero-shot
   * scores; the others are left out.
   */
  public static Map<String, Double> of(AccuracyMatrix matrix) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Measure measure : MEASURES) {
      measure.value(matrix).ifPresent(value -> values.put(measure.definition().name(), value));
    }
    return Collections.unmodifiableMap(values);
  }

  private enum Needs {
    STAGES,
    TWO_TASKS,
    TWO_TASKS_AND_ZERO_SHOT;

    boolean metBy(AccuracyMatrix matrix) {
      return matrix.finished()
          && (this == STAGES || matrix.tasks().size() > 1)
          && (this != TWO_TASKS_AND_ZERO_SHOT || matrix.zeroShot().isPresent());
    }
  }

  private record Measure(
      MetricDefinition definition, Needs needs, ToDoubleFunction<AccuracyMatrix> formula) {
    OptionalDouble value(AccuracyMatrix matrix) {
      return needs.metBy(matrix)
          ? OptionalDouble.of(formula.applyAsDouble(matrix))
          : OptionalDouble.empty();
    }
  }

  private interface Term {
    double at(int index);
  }

  private interface PairTerm {
    /** With {@code larger > smaller}. */
    double at(int larger, int smaller);
  }

  private static int size(AccuracyMatrix matrix) {
    return matrix.tasks().size();
  }

  private static double mean(int count, Term term) {
    return IntStream.range(0, count).mapToDouble(term::at).sum() / count;
  }

  private static double meanOfPairs(int count, PairTerm term) {
    double sum =
        IntStream.range(1, count)
            .boxed()
            .flatMapToDouble(
                larger ->
                    IntStream.range(0, larger).mapToDouble(smaller -> term.at(larger, smaller)))
            .sum();
    return 2 * sum / (count * (count - 1.0));
  }

  private static double sampleMean(AccuracyMatrix matrix, int stage, int tasks) {
    double correct = 0;
    long examples = 0;
    for (int task = 0; task < tasks; task++) {
      correct += matrix.testExamples().get(task) * matrix.score(stage, task);
      examples += matrix.testExamples().get(task);
    }
    return correct / examples;
  }

  private static double backwardTransfer(AccuracyMatrix matrix) {
    int last = size(matrix) - 1;
    return mean(last, i -> matrix.score(last, i) - matrix.score(i, i));
  }

  private static double meanDrop(AccuracyMatrix matrix, Term from) {
    int last = size(matrix) - 1;
    return mean(last, i -> from.at(i) - matrix.score(last, i));
  }

  private static double best(AccuracyMatrix matrix, int task, int firstStage, int endStage) {
    return IntStream.range(firstStage, endStage)
        .mapToDouble(stage -> matrix.score(stage, task))
        .max()
        .orElseThrow();
  }
}

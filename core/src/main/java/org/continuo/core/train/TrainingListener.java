package org.continuo.core.train;

import java.util.Map;
import org.continuo.api.data.Task;

/** What happens in training, as it happens. */
public interface TrainingListener {
  void taskStarted(Task task, int examples, int steps, long trainableParameters);

  /** A phase has decided to train this many parameters more. */
  void grew(long parameters);

  /**
   * @param arrays native arrays alive after the step: from step to step the same, or something
   *     leaks
   */
  void step(StepReport report, int arrays);

  /** A score on the dev split. */
  void dev(double score, double best);

  /** A diagnostic number a plugin records. */
  void value(String name, double value);

  void warning(String text);

  /**
   * One optimiser step.
   *
   * @param step since the start of the task, from 0
   * @param loss all terms, weighted and summed
   * @param losses each term before its weight
   * @param gradientNorm before clipping
   * @param tokens real tokens read by this step
   */
  record StepReport(
      int step,
      int total,
      double loss,
      Map<String, Double> losses,
      double learningRate,
      double gradientNorm,
      long tokens) {}
}

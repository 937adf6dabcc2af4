package org.continuo.core.experiment;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.continuo.api.data.Task;
import org.continuo.api.plugin.Option;

/** The block {@code training}. */
public record Training(
    @Option(doc = "passes over a task's examples", value = "3", unit = "epochs", min = 0)
        double epochs,
    @Option(doc = "rows of one forward pass", value = "8", unit = "examples", min = 1)
        int batchSize,
    @Option(
            doc =
                "forward passes per optimiser step: the effective batch is this many times larger",
            value = "1",
            min = 1)
        int accumulation,
    @Option(doc = "peak step size of AdamW", value = "2e-4", min = 0) double learningRate,
    @Option(doc = "how the step size changes over a task", value = "constant") Schedule schedule,
    @Option(
            doc = "share of a task's steps in which the step size rises from 0",
            value = "0",
            min = 0,
            max = 1)
        double warmup,
    @Option(doc = "decoupled weight decay of AdamW", value = "0.01", min = 0) double weightDecay,
    @Option(doc = "largest norm of the whole gradient; 0 does not clip", value = "1.0", min = 0)
        double clipNorm,
    @Option(
            doc = "longest prompt with its answer; longer example texts are cut",
            value = "256",
            unit = "tokens",
            min = 8)
        int maximumLength,
    @Option(doc = "keep the weights that were best on the task's dev split", value = "true")
        boolean selectBest,
    @Option(doc = "dev evaluations per epoch, for select-best", value = "1", min = 1)
        int evaluationsPerEpoch,
    @Option(doc = "what differs for single tasks, by the name of the task")
        Optional<Map<String, OfTask>> tasks) {

  /** What may differ for one task. */
  public record OfTask(
      @Option(doc = "passes over the task's examples", unit = "epochs", min = 0)
          OptionalDouble epochs,
      @Option(doc = "peak step size in the task", min = 0) OptionalDouble learningRate) {}

  /** Passes over the examples of a task. */
  public double epochs(Task task) {
    return of(task).map(OfTask::epochs).orElse(OptionalDouble.empty()).orElse(epochs);
  }

  /** Peak step size in a task. */
  public double learningRate(Task task) {
    return of(task).map(OfTask::learningRate).orElse(OptionalDouble.empty()).orElse(learningRate);
  }

  private Optional<OfTask> of(Task task) {
    return tasks.map(all -> all.get(task.name()));
  }

  /** How the step size changes over the steps of a task, after the warm-up. */
  public enum Schedule {
    CONSTANT,
    /** Falls to 0 in a straight line. */
    LINEAR,
    /** Falls to 0 along half a cosine. */
    COSINE
  }
}

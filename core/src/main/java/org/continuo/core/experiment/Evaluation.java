package org.continuo.core.experiment;

import java.util.List;
import org.continuo.api.plugin.Option;
import org.continuo.api.result.Metric;

/** The block {@code evaluation}. */
public record Evaluation(
    @Option(doc = "rows of one forward pass", value = "64", unit = "examples", min = 1)
        int batchSize,
    @Option(doc = "whether the strategy is told the task of each test example", value = "given")
        TaskId taskId,
    @Option(doc = "test all tasks before the first is trained", value = "true") boolean zeroShot,
    @Option(doc = "what is measured on the answers of every test, beyond the score")
        List<Metric.Factory> metrics) {

  /** What is known about the task of a test example. */
  public enum TaskId {
    GIVEN,
    /** The strategy identifies the task, or answers without. */
    INFERRED
  }
}

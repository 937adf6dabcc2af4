package org.continuo.core.experiment;

import java.util.List;
import org.continuo.api.data.Split;
import org.continuo.api.plugin.Option;
import org.continuo.api.result.Metric;

/** The block {@code evaluation}. */
public record Evaluation(
    @Option(
            doc =
                "rows of one forward pass, fewer where they have more than "
                    + Evaluation.MOST_TOKENS
                    + " tokens",
            value = "16",
            unit = "examples",
            min = 1)
        int batchSize,
    @Option(doc = "whether the strategy is told the task of each test example", value = "given")
        TaskId taskId,
    @Option(doc = "test all tasks before the first is trained", value = "true") boolean zeroShot,
    @Option(
            doc = "examples that fill the accuracy matrix; dev leaves the test split untouched",
            value = "test")
        Tested split,
    @Option(doc = "what is measured on the answers of every test, beyond the score")
        List<Metric.Factory> metrics) {

  /** Of one pass, padding included; on models 384 wide 2,048 to 4,096 were fastest. */
  public static final int MOST_TOKENS = 4096;

  /** What is known about the task of a test example. */
  public enum TaskId {
    GIVEN,
    /** The strategy identifies the task, or answers without. */
    INFERRED
  }

  /** Which split is tested. */
  public enum Tested {
    TEST(Split.TEST),
    /** What choosing hyper-parameters may look at. */
    DEV(Split.DEV);

    private final Split examples;

    Tested(Split examples) {
      this.examples = examples;
    }

    public Split examples() {
      return examples;
    }
  }
}

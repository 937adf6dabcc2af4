package org.continuo.moecl.identify;

import org.continuo.api.plugin.Option;
import org.continuo.methods.features.FrozenQuery;

/** How the task is inferred with {@code evaluation.task-id = inferred}. */
public record IdentifyOptions(
    @Option(
            doc =
                "task-vectors: the task whose training texts are nearest in the frozen model;"
                    + " discriminator: the task that the adversary reads in the shared expert's"
                    + " output, each task asked under its own experts; lowest-entropy: the task whose"
                    + " experts answer with most certainty",
            value = "task-vectors")
        By by,
    @Option(
            doc =
                "for task-vectors: gaussian (one covariance for all tasks) or cosine of the"
                    + " direction from the mean of all",
            value = "gaussian")
        Nearness nearness,
    @Option(
            doc =
                "for task-vectors, the frozen view of a text: mean of the final hidden states, or"
                    + " of its token embeddings",
            value = "hidden-mean")
        FrozenQuery view) {

  /** What tells tasks apart. */
  public enum By {
    TASK_VECTORS,
    DISCRIMINATOR,
    LOWEST_ENTROPY
  }

  /** What near means. */
  public enum Nearness {
    GAUSSIAN,
    COSINE
  }
}

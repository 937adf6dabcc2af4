package org.continuo.moecl.adversary;

import org.continuo.api.learning.Step;
import org.continuo.api.plugin.Option;

/** The options of {@link TaskDiscriminator}; the defaults are those of the paper. */
public record DiscriminatorOptions(
    @Option(doc = "weight of its losses (paper: 0.1, authors' code: 1)", value = "0.1", min = 0)
        double weight,
    @Option(
            doc =
                "what the discriminator descends: cross-entropy of its logits, or published: of its"
                    + " probabilities, which is softmax twice, as in the authors' code",
            value = "cross-entropy")
        Loss loss,
    @Option(
            doc =
                "what the shared expert does: reversal: ascends that loss, which has no bound with"
                    + " labels = replayed and loss = cross-entropy; confusion: descends the"
                    + " cross-entropy to the uniform distribution over the tasks",
            value = "reversal")
        Objective objective,
    @Option(
            doc =
                "how the push grows over the p in [0,1] of a task that is done: constant, or dann:"
                    + " 2 / (1 + exp(-10 p)) - 1 (Ganin and Lempitsky 2015)",
            value = "constant")
        Ramp ramp,
    @Option(
            doc =
                "which rows it learns from: current: those of the task at hand, all with the same"
                    + " label, as published; replayed: beside them kept examples of earlier tasks",
            value = "current")
        Labels labels,
    @Option(
            doc =
                "what the push reaches: through: all below each layer, task experts and routers"
                    + " too, as published; detached: only the shared expert of that layer",
            value = "through")
        Reach reach,
    @Option(
            doc =
                "which tasks it tells apart: announced: all of the stream from the start, as"
                    + " published; seen: those met so far",
            value = "announced")
        Classes classes,
    @Option(
            doc = "kept of each task for labels = replayed",
            value = "32",
            unit = "examples",
            min = 1)
        int buffer,
    @Option(
            doc = "read each step for labels = replayed, drawn from all earlier tasks alike",
            value = "8",
            unit = "examples",
            min = 1)
        int replayed) {

  /** What the discriminator descends. */
  enum Loss {
    CROSS_ENTROPY,
    PUBLISHED
  }

  /** What the shared expert does. */
  enum Objective {
    REVERSAL,
    CONFUSION
  }

  /** The push over a task. */
  enum Ramp {
    CONSTANT,
    DANN;

    double at(Step step) {
      double progress = (double) step.number() / step.total();
      return this == CONSTANT ? 1 : 2 / (1 + Math.exp(-10 * progress)) - 1;
    }
  }

  /** Where the rows come from. */
  enum Labels {
    CURRENT,
    REPLAYED
  }

  /** How far down the push goes. */
  enum Reach {
    THROUGH,
    DETACHED
  }

  /** Which tasks have a row. */
  enum Classes {
    ANNOUNCED,
    SEEN
  }
}

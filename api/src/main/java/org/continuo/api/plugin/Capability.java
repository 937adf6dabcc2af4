package org.continuo.api.plugin;

/**
 * What a part may need and another may offer; matched when the plan is made, before anything runs.
 */
@Stability(Stability.Level.STABLE)
public enum Capability {
  /** A strategy says which experts are attached; at most one of a combination may. */
  WIRING,
  /** The task of each row is known at test time. Offered by {@code evaluation.task-id = given}. */
  TASK_ID_AT_TEST,
  /** Training examples of earlier tasks may be kept. Offered by {@code protocol.past-data}. */
  PAST_DATA,
  /** Training examples of tasks to come may be seen. Offered by {@code protocol.future-data}. */
  FUTURE_DATA,
  /** Gradients go through the backbone, to what is attached inside it. */
  GRADIENTS,
  /** Experts may attach to single linear projections. */
  LINEAR_SITES,
  /** Whole feed-forward blocks may be mixed, one per expert. */
  BLOCK_MIXING,
  /** Experts may attach to the final hidden states, and are given their gradients. */
  OUTPUT_SITE,
  /** Soft prompts before the token embeddings. */
  PROMPTS,
  /** Soft keys and values before those of a layer. */
  PREFIX,
  /** The backbone's own matrices can be read and trained. */
  FULL_WEIGHTS,
  /** Vocabulary logits of hidden states: a language-model head. */
  LANGUAGE_MODEL,
  /** Text can be generated. */
  GENERATION
}

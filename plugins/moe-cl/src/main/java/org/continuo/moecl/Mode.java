package org.continuo.moecl;

import org.continuo.api.plugin.Preset;

/** Configurations under one name: defaults for the options of {@link MoeCl}. */
enum Mode implements Preset {
  /** What the authors' code does: weight 1, softmax twice, constant labels. */
  REFERENCE(
      """
      expert { type = lora, rank = 8, alpha = 16, dropout = 0.05 }
      router = token-softmax
      adversary {
        type = task-discriminator, weight = 1.0, loss = published, objective = reversal
        labels = current, reach = through, classes = announced
      }
      drift { control = none }
      """),

  /** What the paper states: weight 0.1, cross-entropy of the softmax. */
  PAPER(
      """
      expert { type = lora, rank = 8, alpha = 16 }
      router = token-softmax
      adversary {
        type = task-discriminator, weight = 0.1, loss = cross-entropy, objective = reversal
        labels = current, reach = through, classes = announced
      }
      drift { control = none }
      """),

  /**
   * Labels that contrast, a bounded objective that reaches the shared expert only, a router and a
   * snapshot of the shared expert for each task.
   */
  IMPROVED(
      """
      expert { type = lora, rank = 8, alpha = 16 }
      router = task-token-softmax
      adversary {
        type = task-discriminator, weight = 0.1, loss = cross-entropy, objective = confusion
        ramp = dann, labels = replayed, reach = detached, classes = seen
      }
      drift { control = snapshot }
      """);

  private final String defaults;

  Mode(String defaults) {
    this.defaults = defaults;
  }

  @Override
  public String defaults() {
    return defaults;
  }
}

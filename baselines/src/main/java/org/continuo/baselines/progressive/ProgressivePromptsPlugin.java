package org.continuo.baselines.progressive;

import java.util.EnumSet;
import java.util.Set;
import org.continuo.api.learning.Strategy;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;

/** Offers {@link ProgressivePrompts} as strategy {@code progressive-prompts}. */
public final class ProgressivePromptsPlugin
    implements Plugin<Strategy.Factory, ProgressivePrompts.Options> {
  @Override
  public String id() {
    return "progressive-prompts";
  }

  @Override
  public String summary() {
    return "a new soft prompt for each task before those of earlier tasks";
  }

  @Override
  public String source() {
    return "Razdaibiedina et al. 2023, Progressive Prompts, arXiv 2301.12314";
  }

  @Override
  public Set<Capability> needs(ProgressivePrompts.Options options) {
    return EnumSet.of(Capability.GRADIENTS, Capability.PROMPTS, Capability.TASK_ID_AT_TEST);
  }

  @Override
  public Set<Capability> offers(ProgressivePrompts.Options options) {
    return EnumSet.of(Capability.WIRING);
  }

  @Override
  public Strategy.Factory create(ProgressivePrompts.Options options) {
    return host -> new ProgressivePrompts(options, host);
  }
}

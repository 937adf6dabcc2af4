package org.continuo.moecl.adversary;

import java.util.EnumSet;
import java.util.Set;
import org.continuo.api.learning.Adversary;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;

/** Offers {@link TaskDiscriminator} as adversary {@code task-discriminator}. */
public final class TaskDiscriminatorPlugin
    implements Plugin<Adversary.Factory, DiscriminatorOptions> {
  @Override
  public String id() {
    return "task-discriminator";
  }

  @Override
  public String summary() {
    return "a classifier of the task in each layer, on the mean output of the shared expert";
  }

  @Override
  public String source() {
    return "MoE-CL, arXiv 2509.18133, L_GAN; Ganin and Lempitsky 2015, arXiv 1409.7495, eq. 6";
  }

  @Override
  public boolean preferred() {
    return true;
  }

  @Override
  public Set<Capability> needs(DiscriminatorOptions options) {
    return options.labels() == DiscriminatorOptions.Labels.REPLAYED
        ? EnumSet.of(Capability.BLOCK_MIXING, Capability.PAST_DATA)
        : EnumSet.of(Capability.BLOCK_MIXING);
  }

  @Override
  public Adversary.Factory create(DiscriminatorOptions options) {
    return (target, blocks, host) -> new TaskDiscriminator(options, target, blocks, host);
  }
}

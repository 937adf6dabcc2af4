package org.continuo.baselines.sequential;

import java.util.EnumSet;
import java.util.Set;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Projection;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;

/** Offers {@link Sequential} as strategy {@code sequential}. */
public final class SequentialPlugin implements Plugin<Strategy.Factory, Sequential.Options> {
  @Override
  public String id() {
    return "sequential";
  }

  @Override
  public String summary() {
    return "one LoRA (or the whole model) trained on through all tasks: the lower bound";
  }

  @Override
  public Set<Capability> needs(Sequential.Options options) {
    return options.trains() == Sequential.Trains.FULL_WEIGHTS
        ? EnumSet.of(Capability.GRADIENTS, Capability.FULL_WEIGHTS)
        : Projection.needs(options.sites());
  }

  @Override
  public Set<Capability> offers(Sequential.Options options) {
    return EnumSet.of(Capability.WIRING);
  }

  @Override
  public Strategy.Factory create(Sequential.Options options) {
    return host -> new Sequential(options, host);
  }
}

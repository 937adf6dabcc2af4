package org.continuo.baselines.joint;

import java.util.EnumSet;
import java.util.Set;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Projection;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;

/** Offers {@link Joint} as strategy {@code joint}. */
public final class JointPlugin implements Plugin<Strategy.Factory, Joint.Options> {
  @Override
  public String id() {
    return "joint";
  }

  @Override
  public String summary() {
    return "one LoRA trained on the examples of all tasks at once: the upper bound";
  }

  @Override
  public Set<Capability> needs(Joint.Options options) {
    Set<Capability> needs = Projection.needs(options.sites());
    needs.add(Capability.FUTURE_DATA);
    return needs;
  }

  @Override
  public Set<Capability> offers(Joint.Options options) {
    return EnumSet.of(Capability.WIRING);
  }

  @Override
  public Strategy.Factory create(Joint.Options options) {
    return host -> new Joint(options, host);
  }
}

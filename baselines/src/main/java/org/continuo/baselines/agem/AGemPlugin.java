package org.continuo.baselines.agem;

import java.util.Set;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Projection;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;
import org.continuo.baselines.sequential.OnSequential;

/** Offers {@link AGem} as strategy {@code a-gem}. */
public final class AGemPlugin implements Plugin<Strategy.Factory, AGem.Options> {
  static final String ID = "a-gem";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String summary() {
    return "gradients that would raise the loss on past tasks are projected";
  }

  @Override
  public String source() {
    return "Chaudhry et al. 2019, A-GEM, arXiv 1812.00420, eq. 11";
  }

  @Override
  public Set<Capability> needs(AGem.Options options) {
    Set<Capability> needs = Projection.needs(options.sites());
    needs.add(Capability.PAST_DATA);
    return needs;
  }

  @Override
  public Strategy.Factory create(AGem.Options options) {
    return new OnSequential(ID, options.expert(), options.sites(), host -> new AGem(options, host));
  }
}

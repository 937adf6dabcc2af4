package org.continuo.baselines.ewc;

import java.util.Set;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Projection;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;
import org.continuo.baselines.sequential.OnSequential;

/** Offers {@link Ewc} as strategy {@code ewc}. */
public final class EwcPlugin implements Plugin<Strategy.Factory, Ewc.Options> {
  static final String ID = "ewc";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String summary() {
    return "a quadratic pull towards earlier weights, scaled by Fisher information";
  }

  @Override
  public String source() {
    return "Kirkpatrick et al. 2017, arXiv 1612.00796, eq. 3; online: Schwarz et al. 2018, arXiv 1805.06370";
  }

  @Override
  public Set<Capability> needs(Ewc.Options options) {
    return Projection.needs(options.sites());
  }

  @Override
  public Strategy.Factory create(Ewc.Options options) {
    return new OnSequential(ID, options.expert(), options.sites(), host -> new Ewc(options, host));
  }
}

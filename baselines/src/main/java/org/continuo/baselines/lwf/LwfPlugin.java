package org.continuo.baselines.lwf;

import java.util.Set;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Projection;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;
import org.continuo.baselines.sequential.OnSequential;

/** Offers {@link Lwf} as strategy {@code lwf}. */
public final class LwfPlugin implements Plugin<Strategy.Factory, Lwf.Options> {
  static final String ID = "lwf";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String summary() {
    return "on new texts the scores of earlier tasks are kept by distillation; no past data";
  }

  @Override
  public String source() {
    return "Li and Hoiem 2016, Learning without Forgetting, arXiv 1606.09282, eq. 2";
  }

  @Override
  public Set<Capability> needs(Lwf.Options options) {
    return Projection.needs(options.sites());
  }

  @Override
  public Strategy.Factory create(Lwf.Options options) {
    return new OnSequential(ID, options.expert(), options.sites(), host -> new Lwf(options, host));
  }
}

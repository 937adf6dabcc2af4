package org.continuo.baselines.derplusplus;

import java.util.Set;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Projection;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;
import org.continuo.baselines.sequential.OnSequential;

/** Offers {@link DerPlusPlus} as strategy {@code der-plus-plus}. */
public final class DerPlusPlusPlugin implements Plugin<Strategy.Factory, DerPlusPlus.Options> {
  static final String ID = "der-plus-plus";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String summary() {
    return "replays past examples with the scores they had when they were met";
  }

  @Override
  public String source() {
    return "Buzzega et al. 2020, Dark Experience, arXiv 2004.07211, eq. 6";
  }

  @Override
  public Set<Capability> needs(DerPlusPlus.Options options) {
    Set<Capability> needs = Projection.needs(options.sites());
    needs.add(Capability.PAST_DATA);
    return needs;
  }

  @Override
  public Strategy.Factory create(DerPlusPlus.Options options) {
    return new OnSequential(
        ID, options.expert(), options.sites(), host -> new DerPlusPlus(options, host));
  }
}

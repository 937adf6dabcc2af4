package org.continuo.baselines.replay;

import java.util.Set;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Projection;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;
import org.continuo.baselines.sequential.OnSequential;

/** Offers {@link Replay} as strategy {@code replay}. */
public final class ReplayPlugin implements Plugin<Strategy.Factory, Replay.Options> {
  static final String ID = "replay";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String summary() {
    return "examples of past tasks are trained on beside those of the task at hand";
  }

  @Override
  public String source() {
    return "Rolnick et al. 2019, Experience Replay for Continual Learning, arXiv 1811.11682";
  }

  @Override
  public Set<Capability> needs(Replay.Options options) {
    Set<Capability> needs = Projection.needs(options.sites());
    needs.add(Capability.PAST_DATA);
    return needs;
  }

  @Override
  public Strategy.Factory create(Replay.Options options) {
    return new OnSequential(
        ID, options.expert(), options.sites(), host -> new Replay(options, host));
  }
}

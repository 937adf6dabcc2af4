package org.example.l2pull;

import java.util.EnumSet;
import java.util.Set;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Projection;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;

/** Offers {@link L2Pull} as strategy {@code l2-pull}. */
public final class L2PullPlugin implements Plugin<Strategy.Factory, L2Pull.Options> {
  @Override
  public String id() {
    return "l2-pull";
  }

  @Override
  public String summary() {
    return "one expert, pulled towards where the task before left it";
  }

  @Override
  public Set<Capability> needs(L2Pull.Options options) {
    return Projection.needs(options.sites());
  }

  @Override
  public Set<Capability> offers(L2Pull.Options options) {
    return EnumSet.of(Capability.WIRING);
  }

  @Override
  public Strategy.Factory create(L2Pull.Options options) {
    return host -> new L2Pull(options, host);
  }
}

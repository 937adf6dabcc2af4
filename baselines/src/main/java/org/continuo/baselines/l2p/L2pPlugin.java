package org.continuo.baselines.l2p;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.continuo.api.learning.Strategy;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;

/** Offers {@link L2p} as strategy {@code l2p}. */
public final class L2pPlugin implements Plugin<Strategy.Factory, L2p.Options> {
  @Override
  public String id() {
    return "l2p";
  }

  @Override
  public String summary() {
    return "a pool of soft prompts; each text takes those whose keys are nearest to it";
  }

  @Override
  public String source() {
    return "Wang et al. 2022, Learning to Prompt, arXiv 2112.08654, eq. 4";
  }

  @Override
  public Set<Capability> needs(L2p.Options options) {
    return EnumSet.of(Capability.GRADIENTS, Capability.PROMPTS);
  }

  @Override
  public Set<Capability> offers(L2p.Options options) {
    return EnumSet.of(Capability.WIRING);
  }

  @Override
  public List<String> conflicts(L2p.Options options) {
    return options.conflicts();
  }

  @Override
  public Strategy.Factory create(L2p.Options options) {
    return host -> new L2p(options, host);
  }
}

package org.continuo.moecl.adversary;

import org.continuo.api.learning.Adversary;
import org.continuo.api.plugin.Plugin;

/** Offers {@link NoAdversary} as adversary {@code none}. */
public final class NoAdversaryPlugin implements Plugin<Adversary.Factory, Plugin.NoOptions> {
  @Override
  public String id() {
    return "none";
  }

  @Override
  public String summary() {
    return "no adversary: the ablation";
  }

  @Override
  public Adversary.Factory create(NoOptions options) {
    return (target, blocks, host) -> new NoAdversary();
  }
}

package org.continuo.moecl.router;

import org.continuo.api.model.Router;
import org.continuo.api.plugin.Plugin;

/** Offers {@link FixedWeights} as router {@code fixed}. */
public final class FixedWeightsPlugin implements Plugin<Router.Factory, FixedWeights.Options> {
  @Override
  public String id() {
    return "fixed";
  }

  @Override
  public String summary() {
    return "fixed weights, nothing learned";
  }

  @Override
  public Router.Factory create(FixedWeights.Options options) {
    return new FixedWeights.Factory(options);
  }
}

package org.continuo.moecl.router;

import org.continuo.api.model.Router;
import org.continuo.api.plugin.Plugin;

/** Offers {@link TokenGate} as router {@code token-softmax}. */
public final class TokenSoftmaxPlugin implements Plugin<Router.Factory, Plugin.NoOptions> {
  @Override
  public String id() {
    return "token-softmax";
  }

  @Override
  public String summary() {
    return "softmax of a linear gate per token, one gate per layer for all tasks";
  }

  @Override
  public String source() {
    return "MoE-CL, arXiv 2509.18133; gate of the authors' code";
  }

  @Override
  public boolean preferred() {
    return true;
  }

  @Override
  public Router.Factory create(Plugin.NoOptions options) {
    return new TokenGate.Factory(false);
  }
}

package org.continuo.moecl.router;

import org.continuo.api.model.Router;
import org.continuo.api.plugin.Plugin;

/** Offers {@link TokenGate} as router {@code task-token-softmax}. */
public final class TaskTokenSoftmaxPlugin implements Plugin<Router.Factory, Plugin.NoOptions> {
  @Override
  public String id() {
    return "task-token-softmax";
  }

  @Override
  public String summary() {
    return "softmax of a linear gate per token, a gate per layer for each task: it does not drift";
  }

  @Override
  public String source() {
    return "MoE-CL, arXiv 2509.18133, with a gate per task";
  }

  @Override
  public Router.Factory create(Plugin.NoOptions options) {
    return new TokenGate.Factory(true);
  }
}

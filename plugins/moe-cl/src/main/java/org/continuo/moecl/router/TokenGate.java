package org.continuo.moecl.router;

import java.util.List;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;

/** {@code (g_0, .., g_K-1) = softmax(G x)} for every token x: the gate of MoE-CL. */
final class TokenGate implements Router.TokenSoftmax {
  private final LinearGate gate;

  TokenGate(String name, List<Site> sites, int experts, Parameters parameters) {
    gate = new LinearGate(name, sites, experts, parameters);
  }

  @Override
  public Param weight(Site site) {
    return gate.weight(site);
  }

  @Override
  public List<Param> params() {
    return gate.params();
  }

  /**
   * @param perTask a gate for each task, or one for all
   */
  record Factory(boolean perTask) implements Router.Factory {
    @Override
    public Router create(String name, List<Site> sites, int experts, Parameters parameters) {
      return new TokenGate(name, sites, experts, parameters);
    }
  }
}

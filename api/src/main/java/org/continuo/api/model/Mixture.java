package org.continuo.api.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.continuo.api.plugin.Stability;

/**
 * K experts mixed by a router at sites of one kind.
 *
 * <p>At a linear (or output) site their deltas are mixed: {@code y = W x + sum_k w_k delta_k(x)}.
 * At a feed-forward block whole blocks are: {@code y = sum_k g_k E_k(x)}, each {@code E_k} the
 * block seen with expert k. A mixture at a linear site inside a mixed block acts within every
 * {@code E_k}.
 *
 * <p>Two mixtures are equal if their sites, experts and routers are; of the latter two, mostly the
 * same objects.
 */
@Stability(Stability.Level.STABLE)
public record Mixture(List<Site> sites, List<Expert> experts, Router router) {
  public Mixture {
    sites = List.copyOf(sites);
    experts = List.copyOf(experts);
    if (sites.isEmpty() || experts.isEmpty()) {
      throw new IllegalArgumentException(
          "a mixture needs sites and experts, found " + sites.size() + " and " + experts.size());
    }
    if (sites.stream().map(Site::kind).distinct().count() != 1) {
      throw new IllegalArgumentException("a mixture needs sites of one kind, found " + sites);
    }
  }

  /** The plain sum of deltas at every linear site of the first expert. */
  public static Mixture sum(List<? extends Expert> experts) {
    return new Mixture(
        experts.get(0).sites(), List.copyOf(experts), Router.Constant.sum(experts.size()));
  }

  public boolean atBlock() {
    return sites.get(0).kind() == Site.Kind.FEED_FORWARD;
  }

  /**
   * The plain form at a linear or output site.
   *
   * @param x [B,S,in]
   * @param wx [B,S,out]
   * @return [B,S,out]
   */
  public NDArray mix(Router.Input input, NDArray x, NDArray wx) {
    boolean unit = router instanceof Router.Constant c && c.values().stream().allMatch(v -> v == 1);
    NDArray weights = unit ? wx : router.weights(input);
    NDArray y = wx;
    for (int k = 0; k < experts.size(); k++) {
      Expert expert = experts.get(k);
      if (expert.sites().contains(input.site())) {
        NDArray delta = expert.delta(input.site(), x, wx, input.training());
        y = y.add(unit ? delta : delta.mul(weights.get("..., {}:{}", k, k + 1)));
      }
    }
    return y;
  }
}

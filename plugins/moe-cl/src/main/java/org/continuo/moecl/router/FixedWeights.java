package org.continuo.moecl.router;

import java.util.List;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.plugin.Option;
import org.continuo.api.tensor.Parameters;

/** The same weights everywhere, nothing learned: what a router is measured against. */
final class FixedWeights {
  private FixedWeights() {}

  /** The weights. */
  public record Options(
      @Option(doc = "one weight per expert, the shared one first", value = "[0.5, 0.5]", min = 0)
          List<Double> weights) {}

  /** Makes routers with one set of options. */
  record Factory(Options options) implements Router.Factory {
    @Override
    public Router create(String name, List<Site> sites, int experts, Parameters parameters) {
      if (options.weights.size() != experts) {
        throw new IllegalArgumentException(
            "router 'fixed': found %d weights %s, expected one for each of %d experts; write as many"
                .formatted(options.weights.size(), options.weights, experts));
      }
      return new Router.Constant(options.weights);
    }
  }
}

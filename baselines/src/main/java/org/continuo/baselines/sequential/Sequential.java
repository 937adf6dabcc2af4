package org.continuo.baselines.sequential;

import java.util.List;
import java.util.Optional;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Option;
import org.continuo.api.tensor.Param;

/** The same weights trained on, task after task: one expert, or the backbone itself. */
final class Sequential implements Strategy {

  /** What trains. */
  enum Trains {
    EXPERT,
    FULL_WEIGHTS
  }

  /** What trains, and where the expert sits. */
  public record Options(
      @Option(
              doc = "one expert on the frozen backbone, or all weights of the backbone",
              value = "expert")
          Trains trains,
      @Option(doc = "the expert, if one trains") Expert.Factory expert,
      @Option(
              doc =
                  "projections the expert attaches to, those the backbone has; final: the final"
                      + " hidden states; none: the head trains alone",
              value = "[gate, up, down]")
          List<Projection> sites) {}

  private final Wiring wiring;
  private final List<Param> trained;

  Sequential(Options options, Host host) {
    if (options.trains == Trains.FULL_WEIGHTS) {
      wiring = Wiring.NONE;
      trained = host.backbone().weights().orElseThrow().all();
    } else if (options.sites.isEmpty()) {
      wiring = Wiring.NONE;
      trained = List.of();
    } else {
      Expert expert = host.expert("expert", options.expert, host.backbone().linear(options.sites));
      wiring = Wiring.of(Mixture.sum(List.of(expert)));
      trained = expert.params();
    }
  }

  @Override
  public Optional<Wiring> wiring(Optional<String> task) {
    return Optional.of(wiring);
  }

  @Override
  public Contribution contribute(Task task) {
    return Contribution.builder().train(trained).build();
  }
}

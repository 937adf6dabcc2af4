package org.continuo.baselines.pertask;

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

/** A fresh expert for every task; the task id chooses among them. */
final class PerTask implements Strategy {

  /** Which experts, and where. */
  public record Options(
      @Option(doc = "the kind of expert") Expert.Factory expert,
      @Option(
              doc = "projections the experts attach to, those the backbone has",
              value = "[gate, up, down]",
              min = 1)
          List<Projection> sites) {}

  private final Options options;
  private final Host host;

  PerTask(Options options, Host host) {
    this.options = options;
    this.host = host;
  }

  @Override
  public Optional<Wiring> wiring(Optional<String> task) {
    return task.map(name -> Wiring.of(Mixture.sum(List.of(expert(name)))));
  }

  @Override
  public Contribution contribute(Task task) {
    return Contribution.builder().train(expert(task.name()).params()).build();
  }

  private Expert expert(String task) {
    return host.expert("task/" + task, options.expert, host.backbone().linear(options.sites));
  }
}

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
import org.continuo.methods.pool.TaskExperts;

/** A fresh expert for every task; the task id chooses among them. */
final class PerTask implements Strategy {

  /** Which experts, and where. */
  public record Options(
      @Option(doc = "the kind of expert") Expert.Factory expert,
      @Option(
              doc =
                  "projections the experts attach to, those the backbone has; final: the final"
                      + " hidden states",
              value = "[gate, up, down]",
              min = 1)
          List<Projection> sites) {}

  private final TaskExperts experts;

  PerTask(Options options, Host host) {
    this.experts = new TaskExperts(host, options.expert, options.sites);
  }

  @Override
  public Optional<Wiring> wiring(Optional<String> task) {
    return task.map(name -> Wiring.of(Mixture.sum(List.of(experts.of(name)))));
  }

  @Override
  public Contribution contribute(Task task) {
    return Contribution.builder().train(experts.of(task).params()).build();
  }
}

package org.continuo.baselines.incremental;

import java.util.List;
import java.util.Optional;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Option;
import org.continuo.methods.pool.TaskExperts;
import org.continuo.methods.pool.Tasks;

/** The sum of all experts so far; only the newest trains. */
final class IncrementalLora implements Strategy {

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

  private final Host host;
  private final TaskExperts experts;

  IncrementalLora(Options options, Host host) {
    this.host = host;
    this.experts = new TaskExperts(host, options.expert, options.sites);
  }

  /** The same for every task: no task id is needed. */
  @Override
  public Optional<Wiring> wiring(Optional<String> task) {
    return Optional.of(experts.sum(host.seen()));
  }

  @Override
  public Contribution contribute(Task task) {
    Wiring all = experts.sum(Tasks.met(host, task));
    return Contribution.builder().train(experts.of(task).params()).trainWith(any -> all).build();
  }
}

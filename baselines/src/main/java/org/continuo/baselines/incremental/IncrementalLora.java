package org.continuo.baselines.incremental;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Option;

/** The sum of all experts so far; only the newest trains. */
final class IncrementalLora implements Strategy {

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

  IncrementalLora(Options options, Host host) {
    this.options = options;
    this.host = host;
  }

  /** The same for every task: no task id is needed. */
  @Override
  public Optional<Wiring> wiring(Optional<String> task) {
    return Optional.of(sum(host.seen().stream()));
  }

  @Override
  public Contribution contribute(Task task) {
    Wiring all = sum(Stream.concat(host.seen().stream(), Stream.of(task)).distinct());
    return Contribution.builder().train(expert(task).params()).trainWith(any -> all).build();
  }

  private Wiring sum(Stream<Task> tasks) {
    List<Expert> experts = tasks.map(this::expert).toList();
    return experts.isEmpty() ? Wiring.NONE : Wiring.of(Mixture.sum(experts));
  }

  private Expert expert(Task task) {
    return host.expert(
        "task/" + task.name(), options.expert, host.backbone().linear(options.sites));
  }
}

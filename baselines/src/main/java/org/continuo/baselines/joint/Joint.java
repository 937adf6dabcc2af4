package org.continuo.baselines.joint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Option;
import org.continuo.methods.memory.Draw;

/** One expert, all tasks at once. */
final class Joint implements Strategy {

  /** How often examples are met. */
  enum Sampling {
    /** Each example once per epoch. */
    PROPORTIONAL,
    /** Each task as often as the largest: examples of smaller ones are repeated. */
    BALANCED
  }

  /** How tasks are mixed, and what trains. */
  public record Options(
      @Option(
              doc =
                  "proportional: every example once per epoch; balanced: examples of smaller tasks"
                      + " are repeated until all tasks are as large as the largest",
              value = "proportional")
          Sampling sampling,
      @Option(doc = "the kind of expert") Expert.Factory expert,
      @Option(
              doc =
                  "projections the expert attaches to, those the backbone has; final: the final"
                      + " hidden states",
              value = "[gate, up, down]",
              min = 1)
          List<Projection> sites) {}

  private final Options options;
  private final Host host;
  private final Expert expert;

  Joint(Options options, Host host) {
    this.options = options;
    this.host = host;
    this.expert = host.expert("expert", options.expert, host.backbone().linear(options.sites));
  }

  @Override
  public Optional<Wiring> wiring(Optional<String> task) {
    return Optional.of(Wiring.of(Mixture.sum(List.of(expert))));
  }

  @Override
  public Contribution contribute(Task task) {
    if (task.index() > 0) {
      return Contribution.builder().epochs(0).build();
    }
    Contribution.Builder all = Contribution.builder().train(expert.params());
    host.wholeStream().keySet().forEach(each -> all.train(host.head().params(each)));
    return all.examples(this::examples).build();
  }

  private List<Example> examples() {
    Collection<List<Example>> tasks = host.wholeStream().values();
    int largest = tasks.stream().mapToInt(List::size).max().orElseThrow();
    List<Example> all = new ArrayList<>();
    for (List<Example> task : tasks) {
      all.addAll(task);
      if (options.sampling == Sampling.BALANCED) {
        for (int missing = largest - task.size(); missing > 0; missing -= task.size()) {
          all.addAll(Draw.without(task, missing, host.random("balance/" + missing)));
        }
      }
    }
    return all;
  }
}

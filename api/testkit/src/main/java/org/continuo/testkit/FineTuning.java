package org.continuo.testkit;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Option;
import org.continuo.api.plugin.Plugin;

/** One expert trained on through all tasks and nothing else: what strategies are compared with. */
final class FineTuning implements Plugin<Strategy.Factory, FineTuning.Options> {
  record Options(@Option(doc = "what trains") Expert.Factory expert) {}

  @Override
  public String id() {
    return "fine-tuning";
  }

  @Override
  public String summary() {
    return "one expert trained on";
  }

  @Override
  public Class<Strategy.Factory> makes() {
    return Strategy.Factory.class;
  }

  @Override
  public Class<Options> options() {
    return Options.class;
  }

  @Override
  public Set<Capability> needs(Options options) {
    return EnumSet.of(Capability.GRADIENTS, Capability.LINEAR_SITES);
  }

  @Override
  public Set<Capability> offers(Options options) {
    return EnumSet.of(Capability.WIRING);
  }

  @Override
  public Strategy.Factory create(Options options) {
    return host -> new TrainedOn(expert(options, host));
  }

  private static Expert expert(Options options, Host host) {
    return host.expert("expert", options.expert, host.backbone().sites(Site.Kind.LINEAR));
  }

  private record TrainedOn(Expert expert) implements Strategy {
    @Override
    public Contribution contribute(Task task) {
      return Contribution.builder().train(expert.params()).build();
    }

    @Override
    public Optional<Wiring> wiring(Optional<String> task) {
      return Optional.of(Wiring.of(Mixture.sum(List.of(expert))));
    }
  }
}

package org.continuo.testkit;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Option;
import org.continuo.api.plugin.Plugin;

/** One expert trained on through all tasks and nothing else: what strategies are compared with. */
record FineTuning(Expert expert) implements Strategy {
  record Options(@Option(doc = "what trains") Expert.Factory expert) {}

  static Plugin<Strategy.Factory, Options> plugin() {
    return new TinyPart<>(
        "fine-tuning",
        Strategy.Factory.class,
        Options.class,
        false,
        EnumSet.of(Capability.GRADIENTS, Capability.LINEAR_SITES),
        EnumSet.of(Capability.WIRING),
        options ->
            host ->
                new FineTuning(
                    host.expert(
                        "expert", options.expert, host.backbone().sites(Site.Kind.LINEAR))));
  }

  @Override
  public Contribution contribute(Task task) {
    return Contribution.builder().train(expert.params()).build();
  }

  @Override
  public Optional<Wiring> wiring(Optional<String> task) {
    return Optional.of(Wiring.of(Mixture.sum(List.of(expert))));
  }
}

package org.continuo.testkit;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;

/**
 * A strategy of which every wiring is asked for twice.
 *
 * @param differing gets the tasks whose wirings differ
 */
record AskedTwice<O extends Record>(Plugin<Strategy.Factory, O> plugin, Set<String> differing)
    implements Plugin<Strategy.Factory, O> {
  @Override
  public String id() {
    return plugin.id();
  }

  @Override
  public String summary() {
    return plugin.summary();
  }

  @Override
  public Class<Strategy.Factory> makes() {
    return plugin.makes();
  }

  @Override
  public Class<O> options() {
    return plugin.options();
  }

  @Override
  public Set<Capability> needs(O chosen) {
    return plugin.needs(chosen);
  }

  @Override
  public Set<Capability> uses(O chosen) {
    return plugin.uses(chosen);
  }

  @Override
  public Set<Capability> offers(O chosen) {
    return plugin.offers(chosen);
  }

  @Override
  public Strategy.Factory create(O chosen) {
    Strategy.Factory factory = plugin.create(chosen);
    return host -> new Asked(factory.create(host), differing);
  }

  private record Asked(Strategy strategy, Set<String> differing) implements Strategy {
    @Override
    public Contribution contribute(Task task) {
      return strategy.contribute(task);
    }

    @Override
    public Optional<Wiring> wiring(Optional<String> task) {
      Optional<Wiring> wiring = strategy.wiring(task);
      if (!wiring.equals(strategy.wiring(task))) {
        differing.add(task.orElse("(withheld)"));
      }
      return wiring;
    }

    @Override
    public Optional<List<String>> identify(Batch batch) {
      return strategy.identify(batch);
    }

    @Override
    public Optional<NDArray> predict(Batch batch, Optional<String> task) {
      return strategy.predict(batch, task);
    }
  }
}

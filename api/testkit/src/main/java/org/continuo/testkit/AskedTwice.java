package org.continuo.testkit;

import java.util.Optional;
import java.util.Set;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Wiring;

/**
 * A strategy of which every wiring is asked for twice.
 *
 * @param differing gets the tasks whose wirings differ
 */
record AskedTwice(Strategy wrapped, Set<String> differing) implements StrategyWrapper {
  @Override
  public Optional<Wiring> wiring(Optional<String> task) {
    Optional<Wiring> wiring = wrapped.wiring(task);
    if (!wiring.equals(wrapped.wiring(task))) {
      differing.add(task.orElse("(withheld)"));
    }
    return wiring;
  }
}

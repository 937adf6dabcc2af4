package org.continuo.baselines.sequential;

import java.util.List;
import java.util.function.Function;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Projection;

/**
 * An add-on that was published on plain sequential fine-tuning: alone, it adds to one expert
 * trained on through all tasks.
 *
 * @param expert the one it adds to where no other strategy attaches
 * @param sites of that expert
 */
public record OnSequential(
    String name, Expert.Factory expert, List<Projection> sites, Function<Host, Strategy> made)
    implements Strategy.AddOn {
  public OnSequential {
    sites = List.copyOf(sites);
  }

  @Override
  public Strategy base(Host host) {
    return new Sequential(new Sequential.Options(Sequential.Trains.EXPERT, expert, sites), host);
  }

  @Override
  public Strategy addition(Host host) {
    return made.apply(host);
  }
}

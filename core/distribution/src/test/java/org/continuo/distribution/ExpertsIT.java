package org.continuo.distribution;

import java.util.List;
import org.continuo.api.model.Expert;
import org.continuo.api.plugin.Plugin;
import org.continuo.testkit.ExpertContract;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every built-in expert keeps to the contract. */
@ParameterizedClass(name = "{0}")
@MethodSource("experts")
class ExpertsIT extends ExpertContract {
  private final Offered<Expert.Factory> offered;

  ExpertsIT(Offered<Expert.Factory> offered) {
    this.offered = offered;
  }

  static List<Offered<Expert.Factory>> experts() {
    return Offered.all(Expert.Factory.class);
  }

  @Override
  protected Plugin<? extends Expert.Factory, ?> plugin() {
    return offered.plugin();
  }
}

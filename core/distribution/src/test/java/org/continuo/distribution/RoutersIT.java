package org.continuo.distribution;

import java.util.List;
import java.util.Map;
import org.continuo.api.model.Router;
import org.continuo.api.plugin.Plugin;
import org.continuo.testkit.RouterContract;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every built-in router keeps to the contract. */
@ParameterizedClass(name = "{0}")
@MethodSource("routers")
class RoutersIT extends RouterContract {
  private final Offered<Router.Factory> offered;

  RoutersIT(Offered<Router.Factory> offered) {
    this.offered = offered;
  }

  static List<Offered<Router.Factory>> routers() {
    return Offered.all(Router.Factory.class);
  }

  @Override
  protected Plugin<? extends Router.Factory, ?> plugin() {
    return offered.plugin();
  }

  /** The weights of {@code fixed} are options. */
  @Override
  protected Map<String, Object> options() {
    return offered.is("fixed") ? Map.of("weights", List.of(0.5, 0.5)) : Map.of();
  }

  @Override
  protected int experts() {
    return offered.is("fixed") ? 2 : super.experts();
  }
}

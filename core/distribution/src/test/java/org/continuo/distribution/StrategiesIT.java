package org.continuo.distribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.continuo.api.learning.Adversary;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Router;
import org.continuo.api.plugin.Plugin;
import org.continuo.testkit.StrategyContract;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every built-in strategy keeps to the contract. */
@ParameterizedClass(name = "{0}")
@MethodSource("strategies")
class StrategiesIT extends StrategyContract {
  /**
   * What some cannot run without here: the small backbone has no attention; at its published weight
   * LwF holds the answers of the first task on the very texts of the second, which contradicts it;
   * soft prompts as long as published outweigh the few words of a text; contradicting tasks learned
   * at once need a classifier for each.
   */
  private static final Map<String, List<String>> SETTINGS =
      Map.of(
          "lwf", List.of("strategy.alpha=0.05"),
          "joint", List.of("protocol.future-data=true", "head.type=classification"),
          "combine", List.of("strategy.of=[replay, ewc]"),
          "mocl", List.of("strategy.sites=[up, down]"),
          "o-lora", List.of("strategy.sites=[up, down]"),
          "l2p", List.of("strategy.length=1", "strategy.top=1"),
          "progressive-prompts",
              List.of("strategy.length=1", "strategy.network=0", "strategy.learning-rate=0.02"));

  private final Offered<Strategy.Factory> offered;

  StrategiesIT(Offered<Strategy.Factory> offered) {
    this.offered = offered;
  }

  static List<Offered<Strategy.Factory>> strategies() {
    return Offered.all(Strategy.Factory.class);
  }

  @Override
  protected List<String> settings() {
    return SETTINGS.getOrDefault(offered.plugin().id(), List.of());
  }

  @Override
  protected Map<String, Object> options() {
    return offered.is("combine") ? Map.of("of", List.of("replay", "ewc")) : Map.of();
  }

  /** What the options of some name. */
  @Override
  protected List<Plugin<?, ?>> others() {
    List<Plugin<?, ?>> others = new ArrayList<>();
    Offered.all(Expert.Factory.class).forEach(expert -> others.add(expert.plugin()));
    Offered.all(Router.Factory.class).forEach(router -> others.add(router.plugin()));
    Offered.all(Adversary.Factory.class).forEach(adversary -> others.add(adversary.plugin()));
    if (offered.is("joint")) {
      Offered.all(Head.Factory.class).stream()
          .filter(head -> head.is("classification"))
          .forEach(head -> others.add(head.plugin()));
    }
    if (offered.is("combine")) {
      others.add(Offered.strategy("replay"));
      others.add(Offered.strategy("ewc"));
    }
    return others;
  }

  /** Above chance; the tasks contradict each other, and some strategies hold on to the first. */
  @Override
  protected double learned() {
    return 0.55;
  }

  @Override
  protected Plugin<Strategy.Factory, ?> plugin() {
    return Offered.strategy(offered.plugin().id());
  }
}

package org.continuo.distribution;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.ModuleReference;
import java.util.ArrayList;
import java.util.List;
import org.continuo.api.learning.Strategy;
import org.continuo.api.plugin.Plugin;
import org.continuo.core.config.InvalidInput;
import org.continuo.testkit.StrategyContract;
import org.continuo.testkit.TinyRun;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every built-in strategy that the tiny backbone can serve keeps to the contract. */
@ParameterizedClass(name = "{0}")
@MethodSource("strategies")
class StrategiesIT extends StrategyContract {
  private final Given given;

  StrategiesIT(Given given) {
    this.given = given;
  }

  /** Named by its id in reports. */
  record Given(Plugin<Strategy.Factory, ?> plugin) {
    @Override
    public String toString() {
      return plugin.id();
    }
  }

  static List<Given> strategies() throws ReflectiveOperationException {
    List<Given> strategies = new ArrayList<>();
    for (ModuleReference module : Distribution.plugins()) {
      for (String name : Distribution.provided(module)) {
        Plugin<?, ?> plugin =
            Class.forName(name).asSubclass(Plugin.class).getConstructor().newInstance();
        if (plugin.makes() == Strategy.Factory.class) {
          Given given = new Given(strategy(plugin));
          if (servedByTinyRun(given.plugin)) {
            strategies.add(given);
          }
        }
      }
    }
    assertTrue(
        strategies.stream()
            .map(Given::toString)
            .toList()
            .containsAll(List.of("sequential", "per-task")),
        strategies::toString);
    return strategies;
  }

  /** False where the small backbone lacks something, or where there are no defaults to run with. */
  private static boolean servedByTinyRun(Plugin<Strategy.Factory, ?> plugin) {
    try {
      return TinyRun.of(plugin).refusals().isEmpty();
    } catch (IllegalArgumentException | InvalidInput noDefaults) {
      return false;
    }
  }

  @SuppressWarnings("unchecked") // it says what it makes
  private static Plugin<Strategy.Factory, ?> strategy(Plugin<?, ?> plugin) {
    return (Plugin<Strategy.Factory, ?>) plugin;
  }

  /**
   * At its published weight LwF holds the answers of the first task on the very texts of the
   * second, which contradicts it.
   */
  @Override
  protected List<String> settings() {
    return given.plugin.id().equals("lwf") ? List.of("strategy.alpha=0.05") : List.of();
  }

  /** Above chance; the tasks contradict each other, and some strategies hold on to the first. */
  @Override
  protected double learned() {
    return 0.55;
  }

  @Override
  protected Plugin<Strategy.Factory, ?> plugin() {
    return given.plugin;
  }
}

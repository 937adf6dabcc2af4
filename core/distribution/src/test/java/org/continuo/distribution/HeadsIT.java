package org.continuo.distribution;

import java.util.List;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Strategy;
import org.continuo.api.plugin.Plugin;
import org.continuo.testkit.HeadContract;
import org.continuo.testkit.TinyRun;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every built-in head keeps to the contract. */
@ParameterizedClass(name = "{0}")
@MethodSource("heads")
class HeadsIT extends HeadContract {
  private final Offered<Head.Factory> offered;

  HeadsIT(Offered<Head.Factory> offered) {
    this.offered = offered;
  }

  static List<Offered<Head.Factory>> heads() {
    return Offered.all(Head.Factory.class).stream()
        .filter(
            offered ->
                TinyRun.of(Offered.strategy("sequential"), offered.plugin())
                    .set("head.type=" + offered.plugin().id())
                    .refusals()
                    .isEmpty())
        .toList();
  }

  @Override
  protected Plugin<? extends Head.Factory, ?> plugin() {
    return offered.plugin();
  }

  /** Whole answers, end included, take longer than a choice. */
  @Override
  protected List<String> settings() {
    return offered.is("free-text")
        ? List.of("training.epochs=30", "training.learning-rate=5e-2")
        : List.of();
  }

  @Override
  protected Plugin<Strategy.Factory, ?> strategy() {
    return Offered.strategy("sequential");
  }
}

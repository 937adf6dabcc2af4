package org.continuo.distribution;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.continuo.api.learning.Adversary;
import org.continuo.api.plugin.Plugin;
import org.continuo.testkit.AdversaryContract;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every built-in adversary keeps to the contract. */
@ParameterizedClass(name = "{0}")
@MethodSource("adversaries")
class AdversariesIT extends AdversaryContract {
  private final Given given;

  AdversariesIT(Given given) {
    this.given = given;
  }

  record Given(Offered<Adversary.Factory> offered, Map<String, Object> options) {
    @Override
    public String toString() {
      return offered + " " + options;
    }
  }

  static List<Given> adversaries() {
    return Offered.all(Adversary.Factory.class).stream()
        .flatMap(
            offered ->
                offered.is("task-discriminator")
                    ? Stream.of(
                            Map.<String, Object>of("loss", "published", "labels", "current"),
                            Map.<String, Object>of("objective", "confusion", "reach", "detached"))
                        .map(options -> new Given(offered, options))
                    : Stream.of(new Given(offered, Map.of())))
        .toList();
  }

  @Override
  protected Plugin<? extends Adversary.Factory, ?> plugin() {
    return given.offered.plugin();
  }

  @Override
  protected Map<String, Object> options() {
    return given.options;
  }
}

package org.continuo.distribution;

import java.util.List;
import org.continuo.api.plugin.Plugin;
import org.continuo.api.result.Metric;
import org.continuo.testkit.MetricContract;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every built-in metric keeps to the contract. */
@ParameterizedClass(name = "{0}")
@MethodSource("metrics")
class MetricsIT extends MetricContract {
  private final Offered<Metric.Factory> offered;

  MetricsIT(Offered<Metric.Factory> offered) {
    this.offered = offered;
  }

  static List<Offered<Metric.Factory>> metrics() {
    return Offered.all(Metric.Factory.class);
  }

  @Override
  protected Plugin<? extends Metric.Factory, ?> plugin() {
    return offered.plugin();
  }
}

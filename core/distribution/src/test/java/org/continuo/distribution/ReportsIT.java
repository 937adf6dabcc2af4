package org.continuo.distribution;

import java.util.List;
import org.continuo.api.learning.Strategy;
import org.continuo.api.plugin.Plugin;
import org.continuo.results.Report;
import org.continuo.testkit.ReportContract;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every built-in report on runs keeps to the contract. */
@ParameterizedClass(name = "{0}")
@MethodSource("reports")
class ReportsIT extends ReportContract {
  private final Offered<Report.Factory> offered;

  ReportsIT(Offered<Report.Factory> offered) {
    this.offered = offered;
  }

  static List<Offered<Report.Factory>> reports() {
    return Offered.all(Report.Factory.class);
  }

  @Override
  protected Plugin<? extends Report.Factory, ?> plugin() {
    return offered.plugin();
  }

  @Override
  protected Plugin<Strategy.Factory, ?> strategy() {
    return Offered.strategy("sequential");
  }
}

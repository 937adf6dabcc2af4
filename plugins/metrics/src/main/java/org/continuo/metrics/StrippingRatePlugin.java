package org.continuo.metrics;

import org.continuo.api.plugin.Plugin;
import org.continuo.api.result.Metric;

/** Offers {@link StrippingRate} as metric {@code stripping-rate}. */
public final class StrippingRatePlugin implements Plugin<Metric.Factory, StrippingRate.Options> {
  @Override
  public String id() {
    return StrippingRate.ID;
  }

  @Override
  public String summary() {
    return "share of items decided without a person at a required precision";
  }

  @Override
  public String source() {
    return StrippingRate.SOURCE + ", where the main program asks for a precision of 0.8";
  }

  @Override
  public Metric.Factory create(StrippingRate.Options options) {
    return () -> new StrippingRate(options);
  }
}

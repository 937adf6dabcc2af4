/** Metrics on graded answers. */
module org.continuo.metrics {
  requires org.continuo.api;

  provides org.continuo.api.plugin.Plugin with
      org.continuo.metrics.StrippingRatePlugin;

  opens org.continuo.metrics;
}

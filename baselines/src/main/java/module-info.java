/** Baseline strategies, one package each. */
module org.continuo.baselines {
  requires org.continuo.api;

  provides org.continuo.api.plugin.Plugin with
      org.continuo.baselines.pertask.PerTaskPlugin,
      org.continuo.baselines.sequential.SequentialPlugin;

  opens org.continuo.baselines.pertask;
  opens org.continuo.baselines.sequential;
}

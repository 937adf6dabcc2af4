/** Baseline strategies, one package each. */
module org.continuo.baselines {
  requires org.continuo.api;
}

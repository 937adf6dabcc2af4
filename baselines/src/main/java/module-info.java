/** Baseline strategies, one package each. */
module org.continuo.baselines {
  requires org.continuo.api;
  requires org.continuo.methods;

  provides org.continuo.api.plugin.Plugin with
      org.continuo.baselines.agem.AGemPlugin,
      org.continuo.baselines.combine.CombinePlugin,
      org.continuo.baselines.derplusplus.DerPlusPlusPlugin,
      org.continuo.baselines.ewc.EwcPlugin,
      org.continuo.baselines.incremental.IncrementalLoraPlugin,
      org.continuo.baselines.joint.JointPlugin,
      org.continuo.baselines.l2p.L2pPlugin,
      org.continuo.baselines.lwf.LwfPlugin,
      org.continuo.baselines.mocl.MoclPlugin,
      org.continuo.baselines.olora.OLoraPlugin,
      org.continuo.baselines.pertask.PerTaskPlugin,
      org.continuo.baselines.progressive.ProgressivePromptsPlugin,
      org.continuo.baselines.replay.ReplayPlugin,
      org.continuo.baselines.sequential.SequentialPlugin;

  opens org.continuo.baselines.agem;
  opens org.continuo.baselines.combine;
  opens org.continuo.baselines.derplusplus;
  opens org.continuo.baselines.ewc;
  opens org.continuo.baselines.incremental;
  opens org.continuo.baselines.joint;
  opens org.continuo.baselines.l2p;
  opens org.continuo.baselines.lwf;
  opens org.continuo.baselines.mocl;
  opens org.continuo.baselines.olora;
  opens org.continuo.baselines.pertask;
  opens org.continuo.baselines.progressive;
  opens org.continuo.baselines.replay;
  opens org.continuo.baselines.sequential;
}

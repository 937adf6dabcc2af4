/** MoE-CL: dual LoRA experts, token router, task discriminator. */
module org.continuo.moecl {
  requires org.continuo.api;
  requires org.continuo.methods;

  provides org.continuo.api.plugin.Plugin with
      org.continuo.moecl.MoeClPlugin,
      org.continuo.moecl.adversary.NoAdversaryPlugin,
      org.continuo.moecl.adversary.TaskDiscriminatorPlugin,
      org.continuo.moecl.router.FixedWeightsPlugin,
      org.continuo.moecl.router.SequenceSoftmaxPlugin,
      org.continuo.moecl.router.TaskTokenSoftmaxPlugin,
      org.continuo.moecl.router.TokenSoftmaxPlugin;

  opens org.continuo.moecl;
  opens org.continuo.moecl.adversary;
  opens org.continuo.moecl.drift;
  opens org.continuo.moecl.identify;
  opens org.continuo.moecl.router;
}

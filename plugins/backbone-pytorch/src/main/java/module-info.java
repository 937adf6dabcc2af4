/** Hugging Face checkpoints on the DJL PyTorch engine. */
module org.continuo.backbone.pytorch {
  requires org.continuo.api;
  requires org.continuo.checkpoints;
  requires ai.djl.pytorch_engine;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;

  provides org.continuo.api.plugin.Plugin with
      org.continuo.backbone.pytorch.PytorchBackbonePlugin,
      org.continuo.backbone.pytorch.scratch.ScratchPlugin;

  opens org.continuo.backbone.pytorch;
  opens org.continuo.backbone.pytorch.scratch;
}

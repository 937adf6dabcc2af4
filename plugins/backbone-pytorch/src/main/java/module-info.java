/** Hugging Face checkpoints on the DJL PyTorch engine. */
module org.continuo.backbone.pytorch {
  requires org.continuo.api;
  requires ai.djl.tokenizers;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;

  provides org.continuo.api.plugin.Plugin with
      org.continuo.backbone.pytorch.PytorchBackbonePlugin,
      org.continuo.backbone.pytorch.scratch.PytorchScratchPlugin;

  opens org.continuo.backbone.pytorch;
  opens org.continuo.backbone.pytorch.scratch;
}

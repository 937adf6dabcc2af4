/** Hugging Face checkpoints on the DJL PyTorch engine. */
module org.continuo.backbone.pytorch {
  requires org.continuo.api;
  requires ai.djl.tokenizers;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;

  provides org.continuo.api.plugin.Plugin with
      org.continuo.backbone.pytorch.PytorchBackbonePlugin;

  opens org.continuo.backbone.pytorch;
}

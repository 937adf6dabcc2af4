/** Hugging Face checkpoints on the DJL PyTorch engine. */
module org.continuo.backbone.pytorch {
  requires org.continuo.api;
  requires ai.djl.tokenizers;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;
}

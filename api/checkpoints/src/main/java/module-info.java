/** Model folders as files, whatever engine computes with them. */
module org.continuo.checkpoints {
  requires transitive org.continuo.api;
  requires ai.djl.tokenizers;
  requires com.fasterxml.jackson.databind;

  exports org.continuo.checkpoints;
  exports org.continuo.checkpoints.files;
  exports org.continuo.checkpoints.gguf;
  exports org.continuo.checkpoints.onnx;
  exports org.continuo.checkpoints.safetensors;
}

/** ONNX models on the DJL ONNX Runtime engine. */
module org.continuo.backbone.onnx {
  requires org.continuo.api;
  requires org.continuo.checkpoints;
  requires ai.djl.onnxruntime_engine;
  requires com.fasterxml.jackson.databind;
  requires com.microsoft.onnxruntime;
  requires org.slf4j;

  provides org.continuo.api.plugin.Plugin with
      org.continuo.backbone.onnx.OnnxBackbonePlugin;

  opens org.continuo.backbone.onnx;
}

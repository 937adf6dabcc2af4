/**
 * What an ONNX file says of its model, read without an engine and without its weights.
 *
 * <pre>{@code
 * ModelSignature signature = ModelSignature.read(Path.of("model.onnx"));
 * signature.outputs().get(0).name();          // last_hidden_state
 * }</pre>
 */
package org.continuo.backbone.onnx.graph;

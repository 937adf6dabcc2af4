/**
 * What an ONNX file says of its model, read without an engine and without its weights.
 *
 * <pre>{@code
 * OnnxGraph graph = OnnxGraph.read(Path.of("model.onnx"));
 * graph.outputs().get(0).name();          // last_hidden_state
 * }</pre>
 */
package org.continuo.backbone.onnx.graph;

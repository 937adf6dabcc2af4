/**
 * Files in the ONNX format, as far as weights are concerned: the initialisers of a graph, and the
 * nodes that read them. Weights stay in the mapped file.
 *
 * <pre>{@code
 * OnnxGraph graph = OnnxGraph.read(Path.of("model.onnx"));
 * graph.outputs().get(0).name();                      // last_hidden_state
 * graph.initialisers().get("pooler.dense.weight");
 * }</pre>
 */
package org.continuo.checkpoints.onnx;

/**
 * Files in the ONNX format, as far as weights are concerned: the initialisers of a graph, and the
 * nodes that read them. Weights stay in the mapped file.
 */
package org.continuo.checkpoints.onnx;

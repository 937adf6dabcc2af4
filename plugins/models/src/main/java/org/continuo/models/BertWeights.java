package org.continuo.models;

import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.continuo.checkpoints.onnx.OnnxGraph;
import org.continuo.checkpoints.onnx.OnnxGraph.Initialiser;
import org.continuo.checkpoints.onnx.OnnxGraph.Node;
import org.continuo.checkpoints.safetensors.SafetensorsWriter.Tensor;
import org.continuo.checkpoints.safetensors.TensorType;

/**
 * The weights of a BERT under their names in the original library, from a graph that its exporter
 * wrote. Embeddings, biases and norms keep their names. The matrix of a linear layer is an
 * initialiser without one, stored [in,out] for the product {@code x W}; the node that reads it is
 * named after the layer: {@code /encoder/layer.0/attention/self/query/MatMul}.
 */
final class BertWeights {
  /** How the exporter begins the names it makes up. */
  private static final String MADE_UP = "onnx::";

  private BertWeights() {}

  /** In the order of published files: the positions, int64, then the weights by name, float32. */
  static List<Tensor> of(OnnxGraph graph) {
    Map<String, Tensor> tensors = new TreeMap<>();
    for (Initialiser weight : graph.initialisers().values()) {
      if (weight.type() == Initialiser.FLOAT && !weight.name().startsWith(MADE_UP)) {
        tensors.put(weight.name(), tensor(weight.name(), shape(weight.shape()), weight.raw()));
      }
    }
    for (Node node : graph.nodes()) {
      if (node.operation().equals("MatMul")
          && graph.initialisers().containsKey(node.inputs().get(1))) {
        Initialiser matrix = graph.initialisers().get(node.inputs().get(1));
        String name = layer(node.name()) + ".weight";
        List<Long> turned = List.of(matrix.shape().get(1), matrix.shape().get(0));
        tensors.put(name, tensor(name, shape(turned), transposed(matrix)));
      }
    }
    List<Tensor> all = new ArrayList<>();
    all.add(positions(tensors.get("embeddings.position_embeddings.weight").shape().get(0)));
    all.addAll(tensors.values());
    return all;
  }

  /** 0, 1, 2 and so on: a constant that the original library stored with the weights. */
  private static Tensor positions(long longest) {
    ByteBuffer content =
        ByteBuffer.allocate(Math.toIntExact(longest) * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    LongStream.range(0, longest).forEach(content::putLong);
    content.flip();
    return new Tensor(
        "embeddings.position_ids",
        TensorType.I64,
        new Shape(1, longest),
        sink -> sink.accept(content.duplicate()));
  }

  /**
   * {@code /encoder/layer.0/output/dense/MatMul} is that of {@code encoder.layer.0.output.dense}.
   */
  private static String layer(String node) {
    return node.substring(1, node.lastIndexOf('/')).replace('/', '.');
  }

  private static Shape shape(List<Long> sizes) {
    return new Shape(sizes.stream().mapToLong(size -> size).toArray());
  }

  private static Tensor tensor(String name, Shape shape, ByteBuffer content) {
    return new Tensor(name, TensorType.F32, shape, sink -> sink.accept(content.duplicate()));
  }

  private static ByteBuffer transposed(Initialiser matrix) {
    int rows = Math.toIntExact(matrix.shape().get(0));
    int columns = Math.toIntExact(matrix.shape().get(1));
    FloatBuffer from = matrix.raw().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    ByteBuffer to =
        ByteBuffer.allocate(rows * columns * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row++) {
        to.putFloat(from.get(row * columns + column));
      }
    }
    return to.flip();
  }
}

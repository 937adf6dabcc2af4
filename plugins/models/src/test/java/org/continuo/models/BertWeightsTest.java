package org.continuo.models;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.continuo.checkpoints.onnx.OnnxGraph;
import org.continuo.checkpoints.onnx.OnnxGraph.Initialiser;
import org.continuo.checkpoints.onnx.OnnxGraph.Node;
import org.continuo.checkpoints.safetensors.SafetensorsWriter.Tensor;
import org.continuo.checkpoints.safetensors.TensorType;
import org.junit.jupiter.api.Test;

/** From the names of an exported graph back to those of the original library. */
class BertWeightsTest {
  private static Initialiser floats(String name, List<Long> shape, float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return new Initialiser(name, shape, Initialiser.FLOAT, bytes.flip());
  }

  private static List<Float> values(Tensor tensor) throws IOException {
    List<Float> values = new ArrayList<>();
    tensor
        .content()
        .write(
            block -> {
              block.order(ByteOrder.LITTLE_ENDIAN);
              while (block.hasRemaining()) {
                values.add(block.getFloat());
              }
            });
    return values;
  }

  @Test
  void matricesAreTurnedAndNamedAfterTheNodeThatReadsThem() throws IOException {
    String positions = "embeddings.position_embeddings.weight";
    OnnxGraph graph =
        new OnnxGraph(
            List.of(
                new Node("MatMul", "/encoder/layer.0/output/dense/MatMul", List.of("x", "onnx::7")),
                new Node("MatMul", "/encoder/layer.0/attention/self/MatMul", List.of("q", "k"))),
            Map.of(
                "onnx::7",
                floats("onnx::7", List.of(2L, 3L), 1, 2, 3, 4, 5, 6),
                "onnx::9",
                floats("onnx::9", List.of(1L), 8),
                positions,
                floats(positions, List.of(2L, 1L), 0, 1)));
    List<Tensor> tensors = BertWeights.of(graph);
    assertEquals(
        List.of("embeddings.position_ids", positions, "encoder.layer.0.output.dense.weight"),
        tensors.stream().map(Tensor::name).toList());
    assertEquals(TensorType.I64, tensors.get(0).type());
    assertEquals(new Shape(1, 2), tensors.get(0).shape());
    assertEquals(new Shape(3, 2), tensors.get(2).shape());
    assertEquals(List.of(1f, 4f, 2f, 5f, 3f, 6f), values(tensors.get(2)));
  }
}

package org.continuo.checkpoints.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.continuo.api.data.DataException;
import org.continuo.checkpoints.onnx.OnnxGraph.Initialiser;
import org.continuo.checkpoints.onnx.OnnxGraph.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxGraphTest {
  @TempDir Path folder;

  /** A message in the wire format: lengths below 128 alone, which is enough here. */
  private static byte[] message(Object... fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      int number = (Integer) fields[i];
      Object value = fields[i + 1];
      if (value instanceof Integer small) {
        out.write(number << 3);
        out.write(small);
      } else {
        byte[] bytes =
            value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) value;
        out.write(number << 3 | 2);
        out.write(bytes.length);
        out.writeBytes(bytes);
      }
    }
    return out.toByteArray();
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  private static byte[] model() {
    byte[] node = message(1, "x", 1, "w", 2, "y", 3, "/layer/MatMul", 4, "MatMul");
    byte[] packed = message(1, new byte[] {2, 1}, 2, 1, 8, "w", 9, floats(1.5f, -2));
    byte[] single = message(1, 3, 2, 3, 8, "q", 9, new byte[] {1, 2, 3});
    return message(1, 7, 2, "the exporter", 7, message(1, node, 5, packed, 5, single));
  }

  private OnnxGraph read(byte[] bytes) throws IOException {
    return OnnxGraph.read(Files.write(folder.resolve("model.onnx"), bytes));
  }

  @Test
  void givesNodesAndInitialisers() throws IOException {
    OnnxGraph graph = read(model());
    assertEquals(List.of(new Node("MatMul", "/layer/MatMul", List.of("x", "w"))), graph.nodes());
    Initialiser w = graph.initialisers().get("w");
    assertEquals(List.of(2L, 1L), w.shape());
    assertEquals(Initialiser.FLOAT, w.type());
    assertEquals(-2, w.raw().order(ByteOrder.LITTLE_ENDIAN).getFloat(4));
    Initialiser q = graph.initialisers().get("q");
    assertEquals(List.of(3L), q.shape());
    assertEquals(Initialiser.INT8, q.type());
    assertEquals(3, q.raw().remaining());
  }

  @Test
  void whatIsCutOffOrNoModelIsRefusedAndNothingElseIsThrown() throws IOException {
    byte[] whole = model();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      DataException e = assertThrows(DataException.class, () -> read(part), "length " + length);
      assertTrue(
          e.getMessage().endsWith(", expected a whole ONNX model; fetch or export it again"),
          e.getMessage());
    }
    assertThrows(DataException.class, () -> read("{\"a\": 1}".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void tellsWhatIsTakenAndGivenAndWhereWeightsLie() throws IOException {
    byte[] shape = message(1, message(2, "batch"), 1, message(1, 7), 1, message());
    byte[] taken = message(1, "ids", 2, message(1, message(1, 7, 2, shape)));
    byte[] constant = message(1, "w", 2, message(1, message(1, 1)));
    byte[] given = message(1, "states", 2, message(1, message(1, 1, 2, message())));
    byte[] offset = message(1, "offset", 2, "64");
    byte[] location = message(1, "location", 2, "w.bin");
    byte[] weight = message(1, 2, 2, 1, 8, "w", 13, location, 13, offset, 14, 1);
    OnnxGraph graph = read(message(7, message(5, weight, 11, taken, 11, constant, 12, given)));
    assertEquals(List.of("ids"), graph.inputs().stream().map(OnnxGraph.Value::name).toList());
    OnnxGraph.Value ids = graph.inputs().get(0);
    assertEquals(7, ids.type());
    assertEquals("[batch, 7, ?]", ids.shape().toString());
    assertEquals(List.of(new OnnxGraph.Value("states", 1, List.of())), graph.outputs());
    assertEquals(Optional.of("w.bin"), graph.initialisers().get("w").file());
  }
}

package org.continuo.checkpoints.onnx;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.DataException;
import org.continuo.api.plugin.Stability;

/**
 * What a model computes with what: field numbers are those of {@code onnx.proto} (ModelProto.graph
 * 7; GraphProto.node 1, initializer 5; NodeProto input 1, name 3, op_type 4; TensorProto dims 1,
 * data_type 2, name 8, raw_data 9, external_data 13).
 *
 * @param initialisers by name
 */
@Stability(Stability.Level.EVOLVING)
public record OnnxGraph(List<Node> nodes, Map<String, Initialiser> initialisers) {
  public OnnxGraph {
    nodes = List.copyOf(nodes);
    initialisers = Collections.unmodifiableMap(new LinkedHashMap<>(initialisers));
  }

  /**
   * One operation.
   *
   * @param name such as {@code /encoder/layer.0/attention/self/query/MatMul}; may be empty
   */
  @Stability(Stability.Level.EVOLVING)
  public record Node(String operation, String name, List<String> inputs) {}

  /**
   * A constant of the graph.
   *
   * @param type a number of TensorProto.DataType
   * @param raw its elements, little-endian; empty if they are kept elsewhere or as numbers
   */
  @Stability(Stability.Level.EVOLVING)
  public record Initialiser(String name, List<Long> shape, int type, ByteBuffer raw) {
    /** TensorProto.DataType.FLOAT. */
    public static final int FLOAT = 1;

    /** TensorProto.DataType.UINT8. */
    public static final int UINT8 = 2;

    /** TensorProto.DataType.INT8. */
    public static final int INT8 = 3;

    public Initialiser {
      shape = List.copyOf(shape);
    }
  }

  /**
   * Reads a file of less than 2 GB, as all of this format are.
   *
   * @throws DataException if it is no whole model
   * @throws IOException if it cannot be read
   */
  public static OnnxGraph read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw unreadable(file, channel.size() + " bytes, and such files have less than 2 GB");
      }
      WireReader model =
          new WireReader(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
      List<Node> nodes = new ArrayList<>();
      Map<String, Initialiser> initialisers = new LinkedHashMap<>();
      int graphs = 0;
      for (int field = model.next(); field != 0; field = model.next()) {
        if (field == 7) {
          graphs++;
          graph(new WireReader(model.bytes()), nodes, initialisers);
        }
      }
      if (graphs != 1) {
        throw unreadable(file, graphs + " graphs");
      }
      return new OnnxGraph(nodes, initialisers);
    } catch (BufferUnderflowException e) {
      throw unreadable(file, "the end in the middle of a field");
    } catch (IllegalArgumentException e) {
      throw unreadable(file, e.getMessage());
    }
  }

  private static DataException unreadable(Path file, String found) {
    return new DataException(
        "%s: found %s, expected a whole ONNX model; fetch or export it again"
            .formatted(file, found));
  }

  private static void graph(
      WireReader graph, List<Node> nodes, Map<String, Initialiser> initialisers) {
    for (int field = graph.next(); field != 0; field = graph.next()) {
      if (field == 1) {
        nodes.add(node(new WireReader(graph.bytes())));
      } else if (field == 5) {
        Initialiser initialiser = initialiser(new WireReader(graph.bytes()));
        initialisers.put(initialiser.name(), initialiser);
      }
    }
  }

  private static Node node(WireReader node) {
    List<String> inputs = new ArrayList<>();
    String name = "";
    String operation = "";
    for (int field = node.next(); field != 0; field = node.next()) {
      switch (field) {
        case 1 -> inputs.add(node.text());
        case 3 -> name = node.text();
        case 4 -> operation = node.text();
        default -> {
          // outputs, attributes and documentation
        }
      }
    }
    return new Node(operation, name, List.copyOf(inputs));
  }

  private static Initialiser initialiser(WireReader tensor) {
    List<Long> shape = new ArrayList<>();
    String name = "";
    int type = 0;
    ByteBuffer raw = ByteBuffer.allocate(0);
    for (int field = tensor.next(); field != 0; field = tensor.next()) {
      switch (field) {
        case 1 -> sizes(tensor, shape);
        case 2 -> type = (int) tensor.number();
        case 8 -> name = tensor.text();
        case 9 -> raw = tensor.bytes();
        default -> {
          // elements as numbers, elements in another file, documentation
        }
      }
    }
    return new Initialiser(name, shape, type, raw);
  }

  /** One by one or packed: writers differ. */
  private static void sizes(WireReader tensor, List<Long> shape) {
    if (tensor.packed()) {
      WireReader packed = new WireReader(tensor.bytes());
      while (packed.hasRemaining()) {
        shape.add(packed.varint());
      }
    } else {
      shape.add(tensor.number());
    }
  }
}

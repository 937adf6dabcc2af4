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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.continuo.api.data.DataException;
import org.continuo.api.plugin.Stability;

/**
 * What a model computes with what: field numbers are those of {@code onnx.proto} (ModelProto.graph
 * 7; GraphProto.node 1, initializer 5, input 11, output 12; NodeProto input 1, name 3, op_type 4;
 * TensorProto dims 1, data_type 2, name 8, raw_data 9, external_data 13; ValueInfoProto name 1,
 * type 2; TypeProto tensor_type 1 of elem_type 1 and shape 2).
 *
 * @param initialisers by name
 * @param inputs that must be given: those that are initialisers too have a value
 */
@Stability(Stability.Level.EVOLVING)
public record OnnxGraph(
    List<Node> nodes,
    Map<String, Initialiser> initialisers,
    List<Value> inputs,
    List<Value> outputs) {
  public OnnxGraph {
    nodes = List.copyOf(nodes);
    initialisers = Collections.unmodifiableMap(new LinkedHashMap<>(initialisers));
    Set<String> given = initialisers.keySet();
    inputs = inputs.stream().filter(input -> !given.contains(input.name())).toList();
    outputs = List.copyOf(outputs);
  }

  /** The arithmetic alone. */
  public OnnxGraph(List<Node> nodes, Map<String, Initialiser> initialisers) {
    this(nodes, initialisers, List.of(), List.of());
  }

  /**
   * What a graph takes or gives.
   *
   * @param type a number of TensorProto.DataType; 0 if it is no tensor
   */
  @Stability(Stability.Level.EVOLVING)
  public record Value(String name, int type, List<Dimension> shape) {
    public Value {
      shape = List.copyOf(shape);
    }
  }

  /**
   * One dimension of a shape.
   *
   * @param size empty if it is any
   * @param name by which equal ones that are any are known; may be empty
   */
  @Stability(Stability.Level.EVOLVING)
  public record Dimension(OptionalLong size, String name) {
    @Override
    public String toString() {
      return size.isPresent() ? String.valueOf(size.getAsLong()) : name.isEmpty() ? "?" : name;
    }
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
   * @param file where they are kept instead, relative to the folder of the model
   */
  @Stability(Stability.Level.EVOLVING)
  public record Initialiser(
      String name, List<Long> shape, int type, ByteBuffer raw, Optional<String> file) {
    /** TensorProto.DataType.FLOAT. */
    public static final int FLOAT = 1;

    /** TensorProto.DataType.UINT8. */
    public static final int UINT8 = 2;

    /** TensorProto.DataType.INT8. */
    public static final int INT8 = 3;

    public Initialiser {
      shape = List.copyOf(shape);
    }

    /** With its elements at hand. */
    public Initialiser(String name, List<Long> shape, int type, ByteBuffer raw) {
      this(name, shape, type, raw, Optional.empty());
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
      List<Value> inputs = new ArrayList<>();
      List<Value> outputs = new ArrayList<>();
      int graphs = 0;
      for (int field = model.next(); field != 0; field = model.next()) {
        if (field == 7) {
          graphs++;
          graph(new WireReader(model.bytes()), nodes, initialisers, inputs, outputs);
        }
      }
      if (graphs != 1) {
        throw unreadable(file, graphs + " graphs");
      }
      return new OnnxGraph(nodes, initialisers, inputs, outputs);
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
      WireReader graph,
      List<Node> nodes,
      Map<String, Initialiser> initialisers,
      List<Value> inputs,
      List<Value> outputs) {
    for (int field = graph.next(); field != 0; field = graph.next()) {
      switch (field) {
        case 1 -> nodes.add(node(new WireReader(graph.bytes())));
        case 5 -> {
          Initialiser initialiser = initialiser(new WireReader(graph.bytes()));
          initialisers.put(initialiser.name(), initialiser);
        }
        case 11 -> inputs.add(value(new WireReader(graph.bytes())));
        case 12 -> outputs.add(value(new WireReader(graph.bytes())));
        default -> {
          // names and documentation
        }
      }
    }
  }

  private static Value value(WireReader value) {
    String name = "";
    Value type = new Value("", 0, List.of());
    for (int field = value.next(); field != 0; field = value.next()) {
      if (field == 1) {
        name = value.text();
      } else if (field == 2) {
        WireReader kinds = new WireReader(value.bytes());
        for (int kind = kinds.next(); kind != 0; kind = kinds.next()) {
          type = kind == 1 ? tensor(new WireReader(kinds.bytes())) : type;
        }
      }
    }
    return new Value(name, type.type(), type.shape());
  }

  private static Value tensor(WireReader tensor) {
    int type = 0;
    List<Dimension> shape = new ArrayList<>();
    for (int field = tensor.next(); field != 0; field = tensor.next()) {
      if (field == 1) {
        type = (int) tensor.number();
      } else if (field == 2) {
        WireReader dimensions = new WireReader(tensor.bytes());
        for (int each = dimensions.next(); each != 0; each = dimensions.next()) {
          shape.add(dimension(new WireReader(dimensions.bytes())));
        }
      }
    }
    return new Value("", type, shape);
  }

  private static Dimension dimension(WireReader dimension) {
    OptionalLong size = OptionalLong.empty();
    String name = "";
    for (int field = dimension.next(); field != 0; field = dimension.next()) {
      if (field == 1) {
        size = OptionalLong.of(dimension.number());
      } else if (field == 2) {
        name = dimension.text();
      }
    }
    return new Dimension(size, name);
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
    Optional<String> file = Optional.empty();
    for (int field = tensor.next(); field != 0; field = tensor.next()) {
      switch (field) {
        case 1 -> sizes(tensor, shape);
        case 2 -> type = (int) tensor.number();
        case 8 -> name = tensor.text();
        case 9 -> raw = tensor.bytes();
        case 13 -> {
          Optional<String> before = file;
          file = location(new WireReader(tensor.bytes())).or(() -> before);
        }
        default -> {
          // elements as numbers, documentation
        }
      }
    }
    return new Initialiser(name, shape, type, raw, file);
  }

  /** Of a pair of key and value, if it names the file. */
  private static Optional<String> location(WireReader pair) {
    String key = "";
    String text = "";
    for (int field = pair.next(); field != 0; field = pair.next()) {
      if (field == 1) {
        key = pair.text();
      } else if (field == 2) {
        text = pair.text();
      }
    }
    return key.equals("location") ? Optional.of(text) : Optional.empty();
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

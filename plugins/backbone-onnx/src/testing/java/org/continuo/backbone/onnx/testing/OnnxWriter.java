package org.continuo.backbone.onnx.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A graph under construction; each node has one output, named after its operator. */
public final class OnnxWriter {
  /** The first with LayerNormalization. */
  private static final int OPERATORS = 17;

  private static final int FILE_FORM = 8;

  /** The element types that are written, by their numbers in the format. */
  public enum Type {
    FLOAT(1),
    INT8(3),
    INT32(6),
    INT64(7),
    FLOAT16(10);

    private final int code;

    Type(int code) {
      this.code = code;
    }
  }

  private final Wire graph = new Wire();
  private final Map<String, String> constants = new HashMap<>();
  private final ByteArrayOutputStream external = new ByteArrayOutputStream();
  private final Optional<String> location;
  private int count;

  /**
   * @param location file for weights, beside the model; empty if they lie in the model itself
   */
  public OnnxWriter(Optional<String> location) {
    this.location = location;
  }

  /** The name of what the node gives. */
  public String node(String operator, String... inputs) {
    return node(operator, Map.of(), inputs);
  }

  /**
   * @param attributes integers, floats or arrays of {@code int}
   */
  public String node(String operator, Map<String, ?> attributes, String... inputs) {
    String output = operator + "_" + count++;
    add(operator, output, attributes, inputs);
    return output;
  }

  private void add(String operator, String output, Map<String, ?> attributes, String... inputs) {
    Wire node = new Wire();
    for (String input : inputs) {
      node.text(1, input);
    }
    node.text(2, output).text(3, "/" + output).text(4, operator);
    attributes.forEach((name, value) -> node.message(5, attribute(name, value)));
    graph.message(1, node);
  }

  private static Wire attribute(String name, Object value) {
    Wire attribute = new Wire().text(1, name);
    if (value instanceof Integer whole) {
      return attribute.number(3, whole).number(20, 2);
    }
    if (value instanceof Float real) {
      return attribute.real(2, real).number(20, 1);
    }
    Arrays.stream((int[]) value).forEach(each -> attribute.number(8, each));
    return attribute.number(20, 7);
  }

  public String scalar(float value) {
    return constants.computeIfAbsent(
        "scalar " + value, key -> floats("scalar_" + constants.size(), new float[] {value}));
  }

  /** A list of whole numbers, [N] int64. */
  public String integers(long... values) {
    return constants.computeIfAbsent(
        Arrays.toString(values),
        key -> {
          ByteBuffer bytes = little(Long.BYTES * values.length);
          bytes.asLongBuffer().put(values);
          return stored("integers_" + constants.size(), Type.INT64, bytes, values.length);
        });
  }

  /** A weight of that name; without a shape, a scalar. */
  public String floats(String name, float[] values, long... shape) {
    ByteBuffer bytes = little(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    return stored(name, Type.FLOAT, bytes, shape);
  }

  /** The same in eight bits: {@code values} are about {@code scale} times what is stored. */
  public String quantised(String name, float[] values, long... shape) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    ByteBuffer bytes = little(values.length);
    for (float value : values) {
      bytes.put((byte) Math.round(value / largest * 127));
    }
    String weight = stored(name + "_quantized", Type.INT8, bytes.flip(), shape);
    return node("DequantizeLinear", weight, scalar(largest / 127));
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String stored(String name, Type type, ByteBuffer content, long... shape) {
    byte[] bytes = new byte[content.capacity()];
    content.get(0, bytes);
    Wire tensor = new Wire();
    Arrays.stream(shape).forEach(size -> tensor.number(1, size));
    tensor.number(2, type.code).text(8, name);
    if (location.isPresent() && shape.length > 1) {
      tensor
          .message(13, pair("location", location.get()))
          .message(13, pair("offset", String.valueOf(external.size())))
          .message(13, pair("length", String.valueOf(bytes.length)))
          .number(14, 1);
      external.writeBytes(bytes);
    } else {
      tensor.bytes(9, bytes);
    }
    graph.message(5, tensor);
    return name;
  }

  private static Wire pair(String key, String value) {
    return new Wire().text(1, key).text(2, value);
  }

  /**
   * @param shape sizes, or names of those that are free
   */
  public void input(String name, Type type, Object... shape) {
    graph.message(11, value(name, type, shape));
  }

  /** Gives the result of a node to the outside under another name. */
  public void output(String name, String result, Object... shape) {
    output(name, Type.FLOAT, result, shape);
  }

  /** The same in numbers of another type. */
  public void output(String name, Type type, String result, Object... shape) {
    add("Cast", name, Map.of("to", type.code), result);
    graph.message(12, value(name, type, shape));
  }

  private static Wire value(String name, Type type, Object... shape) {
    Wire dimensions = new Wire();
    for (Object size : shape) {
      dimensions.message(
          1,
          size instanceof Number fixed
              ? new Wire().number(1, fixed.longValue())
              : new Wire().text(2, size.toString()));
    }
    Wire tensor = new Wire().number(1, type.code).message(2, dimensions);
    return new Wire().text(1, name).message(2, new Wire().message(1, tensor));
  }

  /** Writes the model, and its weights beside it if they lie there. */
  public void write(Path file) throws IOException {
    graph.text(2, "graph");
    Wire operators = new Wire().text(1, "").number(2, OPERATORS);
    Wire model =
        new Wire().number(1, FILE_FORM).text(2, "continuo").message(8, operators).message(7, graph);
    Files.write(file, model.done());
    for (String name : location.map(List::of).orElse(List.of())) {
      Files.write(file.resolveSibling(name), external.toByteArray());
    }
  }
}

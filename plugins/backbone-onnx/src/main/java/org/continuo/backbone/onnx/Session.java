package org.continuo.backbone.onnx;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.Float16Utils;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.continuo.api.data.DataException;
import org.continuo.backbone.onnx.graph.ElementType;

/** A model in the memory of ONNX Runtime; freed when nothing refers to it any more. */
final class Session {
  static final String ENGINE = "OnnxRuntime";

  private static final Cleaner CLEANER = Cleaner.create();

  private final Feed feed;
  private final Output output;
  private final Block block;
  private final NDManager manager;
  private final ParameterStore none;

  private Session(Model model, Feed feed, Output output) {
    this.feed = feed;
    this.output = output;
    this.block = model.getBlock();
    this.manager = model.getNDManager();
    this.none = new ParameterStore(manager, false);
    CLEANER.register(this, model::close);
  }

  /**
   * @throws DataException if ONNX Runtime does not take the model
   */
  static Session open(Path file, Feed feed, Output output, SessionOptions options) {
    Model model = Engine.getEngine(ENGINE).newModel("model", Device.cpu());
    try {
      model.load(file, null, Map.of("sessionOptions", options.applied()));
    } catch (IOException | MalformedModelException e) {
      model.close();
      throw new DataException(
          "%s: ONNX Runtime %s does not load it: %s; export it for an operator set that it knows"
              .formatted(file, Engine.getEngine(ENGINE).getVersion(), innermost(e).getMessage()),
          e);
    }
    return new Session(model, feed, output);
  }

  private static Throwable innermost(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /**
   * One text, alone: what stands beside a text in a batch would change its last bits, and with
   * quantised activations more than those.
   *
   * @return [S,w] row by row, of a pooled output [w]
   */
  float[] run(long[] ids) {
    try (NDManager scope = manager.newSubManager()) {
      NDList inputs = new NDList();
      for (Feed.Input input : feed.inputs()) {
        NDArray array = array(feed.values(input.kind(), ids), input.type(), scope);
        array.setName(input.kind().id());
        inputs.add(array);
      }
      NDList outputs = block.forward(none, inputs, false);
      return outputs.stream()
          .filter(found -> output.name().equals(found.getName()))
          .map(this::floats)
          .findFirst()
          .orElseThrow();
    }
  }

  private static NDArray array(long[] values, ElementType type, NDManager scope) {
    Shape shape = new Shape(1, values.length);
    return type == ElementType.INT32
        ? scope.create(Arrays.stream(values).mapToInt(Math::toIntExact).toArray(), shape)
        : scope.create(values, shape);
  }

  private float[] floats(NDArray found) {
    ByteBuffer bytes = found.toByteBuffer();
    if (output.type() == ElementType.FLOAT16) {
      return Float16Utils.fromByteBuffer(bytes);
    }
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }
}

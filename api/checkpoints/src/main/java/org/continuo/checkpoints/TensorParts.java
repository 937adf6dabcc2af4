package org.continuo.checkpoints;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.continuo.api.plugin.Stability;
import org.continuo.checkpoints.safetensors.SafetensorsFile;
import org.continuo.checkpoints.safetensors.SafetensorsWriter;
import org.continuo.checkpoints.safetensors.TensorType;

/**
 * A stored tensor as the weights it holds: most hold one, some several, one after another along
 * what they give. A weight is always [out,in] or [out], however it is stored.
 */
@Stability(Stability.Level.EVOLVING)
public final class TensorParts {
  private final String tensor;
  private final Layout layout;
  private final Map<String, Optional<Shape>> shapes = new LinkedHashMap<>();

  /** How matrices are stored. */
  public enum Layout {
    OUT_IN,
    IN_OUT
  }

  /**
   * @param weights by our names, in the order of the tensor
   */
  TensorParts(String tensor, Layout layout, List<String> weights) {
    this.tensor = tensor;
    this.layout = layout;
    weights.forEach(weight -> shapes.put(weight, Optional.empty()));
  }

  public String tensor() {
    return tensor;
  }

  /** Notes the shape of one of the weights, which decides where the next ones begin. */
  public void put(String weight, Shape shape) {
    shapes.replace(weight, Optional.of(shape));
  }

  /** The shape of the stored tensor; empty until those of all its weights are known. */
  public Optional<Shape> stored() {
    return shapes.values().stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : Optional.of(layout == Layout.OUT_IN ? whole() : turned(whole()));
  }

  private Shape whole() {
    long rows = shapes.values().stream().mapToLong(shape -> shape.orElseThrow().get(0)).sum();
    Shape one = shapes.values().iterator().next().orElseThrow();
    return new Shape(rows).addAll(one.slice(1));
  }

  private static Shape turned(Shape matrix) {
    return new Shape(matrix.get(1), matrix.get(0));
  }

  /**
   * Reads one of the weights as float32, in memory of its own. The shapes of all must be known.
   *
   * @param file the one that holds the tensor, with the shape {@link #stored()}
   */
  public NDArray load(SafetensorsFile file, String weight, NDManager manager) {
    long from = 0;
    for (Map.Entry<String, Optional<Shape>> part : shapes.entrySet()) {
      long to = from + part.getValue().orElseThrow().get(0);
      if (part.getKey().equals(weight)) {
        return layout == Layout.OUT_IN
            ? file.load(tensor, from, to, manager)
            : columns(file, from, to, manager);
      }
      from = to;
    }
    throw new IllegalArgumentException("tensor '" + tensor + "' does not hold '" + weight + "'");
  }

  private NDArray columns(SafetensorsFile file, long from, long to, NDManager manager) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray part = file.load(tensor, scope).get(":, {}:{}", from, to).transpose();
      // flattened, it is copied into the order of its rows
      NDArray weight = part.flatten().reshape(part.getShape());
      weight.attach(manager);
      return weight;
    }
  }

  /**
   * The tensor to be stored, of the weights as they are when it is written.
   *
   * @param values of each weight, by our name
   */
  public SafetensorsWriter.Tensor join(TensorType type, Function<String, NDArray> values) {
    Shape shape = stored().orElseThrow();
    List<String> weights = List.copyOf(shapes.keySet());
    if (weights.size() == 1 && layout == Layout.OUT_IN) {
      return SafetensorsWriter.Tensor.of(tensor, type, shape, () -> values.apply(weights.get(0)));
    }
    return new SafetensorsWriter.Tensor(
        tensor,
        type,
        shape,
        sink -> {
          NDManager around = values.apply(weights.get(0)).getManager();
          try (NDManager scope = around.newSubManager()) {
            // begins with an array of the scope, to which all that is made of it belongs
            NDArray all = scope.create(new Shape(0).addAll(whole().slice(1)));
            for (String weight : weights) {
              all = all.concat(values.apply(weight), 0);
            }
            NDArray stored =
                layout == Layout.OUT_IN ? all : all.transpose().flatten().reshape(shape);
            SafetensorsWriter.Tensor.of(tensor, type, stored).content().write(sink);
          }
        });
  }
}

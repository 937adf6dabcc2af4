package org.continuo.checkpoints.safetensors;

import ai.djl.ndarray.types.Shape;
import java.util.Objects;
import org.continuo.api.plugin.Stability;

/**
 * Where a tensor lies.
 *
 * @param begin first byte, counted from the start of the file
 * @param end one past the last byte
 */
@Stability(Stability.Level.STABLE)
public record StoredTensor(String name, TensorType type, Shape shape, long begin, long end) {
  public long bytes() {
    return end - begin;
  }

  /**
   * Some entries of the first axis.
   *
   * @param from the first
   * @param to one past the last
   * @throws IndexOutOfBoundsException if it has not so many
   */
  public StoredTensor rows(long from, long to) {
    long count = shape.get(0);
    Objects.checkFromToIndex(from, to, count);
    long row = count == 0 ? 0 : bytes() / count;
    Shape part = new Shape(to - from).addAll(shape.slice(1));
    return new StoredTensor(name, type, part, begin + from * row, begin + to * row);
  }
}

package org.continuo.checkpoints.safetensors;

import ai.djl.ndarray.types.Shape;
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
}

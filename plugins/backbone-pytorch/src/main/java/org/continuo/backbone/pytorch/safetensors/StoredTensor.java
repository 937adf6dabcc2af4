package org.continuo.backbone.pytorch.safetensors;

import ai.djl.ndarray.types.Shape;

/**
 * Where a tensor lies.
 *
 * @param begin first byte, counted from the start of the file
 * @param end one past the last byte
 */
public record StoredTensor(String name, TensorType type, Shape shape, long begin, long end) {
  public long bytes() {
    return end - begin;
  }
}

package org.continuo.checkpoints.gguf;

import java.util.List;

/**
 * Where a tensor lies and how it is packed.
 *
 * @param shape as the original library has it: the last one counts the elements of a row
 * @param begin its first byte, counted from the start of the file
 */
record GgufTensor(String name, BlockType type, List<Long> shape, long begin) {
  long elements() {
    return shape.stream().reduce(1L, (a, b) -> a * b);
  }

  /** Elements of a row; of a vector it is each a row of one, unless its type packs several. */
  int row() {
    return (int) (shape.size() > 1 ? shape.get(shape.size() - 1) : type.elements());
  }

  long end() {
    return begin + type.bytes(elements());
  }
}

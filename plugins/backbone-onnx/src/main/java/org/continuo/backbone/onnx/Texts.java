package org.continuo.backbone.onnx;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.continuo.api.data.Batch;

/**
 * The rows of a batch without their padding.
 *
 * @param ids of each
 * @param length S, padding included
 */
record Texts(List<long[]> ids, int length) {
  /** Padding stands on the right. */
  static Texts of(Batch batch) {
    NDArray tokens = batch.tokens();
    int rows = Math.toIntExact(tokens.getShape().get(0));
    int length = Math.toIntExact(tokens.getShape().get(1));
    long[] all = tokens.toLongArray();
    float[] mask = batch.mask().toFloatArray();
    List<long[]> ids = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int real = 0;
      while (real < length && mask[row * length + real] != 0) {
        real++;
      }
      ids.add(Arrays.copyOfRange(all, row * length, row * length + real));
    }
    return new Texts(ids, length);
  }

  int longest() {
    return ids.stream().mapToInt(text -> text.length).max().orElse(0);
  }
}

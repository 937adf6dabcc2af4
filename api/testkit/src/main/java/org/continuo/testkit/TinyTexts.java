package org.continuo.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.continuo.api.data.Batch;

/**
 * What {@link TinyBackbone} reads at once: texts up to some token, each a row of its own.
 *
 * @param tokens [R,S]
 * @param mask [R,S]
 * @param owners [R,B] 1 where a row is a text of an example
 */
record TinyTexts(NDArray tokens, NDArray mask, NDArray owners) {

  /** Each example to its end. */
  static TinyTexts of(Batch batch) {
    NDManager scope = batch.mask().getManager();
    int rows = Math.toIntExact(batch.tokens().getShape().get(0));
    return new TinyTexts(batch.tokens(), batch.mask(), scope.eye(rows));
  }

  /**
   * @param positions R flat positions {@code b * S + s}, the last token of each row
   */
  static TinyTexts upTo(Batch batch, long... positions) {
    int length = Math.toIntExact(batch.tokens().getShape().get(1));
    int count = Math.toIntExact(batch.tokens().getShape().get(0));
    long[] given = batch.tokens().toLongArray();
    float[] real = batch.mask().toFloatArray();
    long[] tokens = new long[positions.length * length];
    float[] mask = new float[tokens.length];
    float[] owners = new float[positions.length * count];
    for (int row = 0; row < positions.length; row++) {
      int position = Math.toIntExact(positions[row]);
      int owner = position / length;
      int start = owner * length;
      System.arraycopy(given, start, tokens, row * length, length);
      System.arraycopy(real, start, mask, row * length, position - start + 1);
      owners[row * count + owner] = 1;
    }
    NDManager scope = batch.mask().getManager();
    Shape shape = new Shape(positions.length, length);
    return new TinyTexts(
        scope.create(tokens, shape),
        scope.create(mask, shape),
        scope.create(owners, new Shape(positions.length, count)));
  }

  /** Whether each example is read once and at its last token. */
  static boolean endsAtEachRow(Batch batch) {
    return batch.pooling() == Batch.Pooling.POSITIONS
        && Arrays.equals(batch.rows().toLongArray(), lasts(batch));
  }

  private static long[] lasts(Batch batch) {
    float[] lengths = batch.mask().sum(new int[] {1}).toFloatArray();
    long[] firsts = firsts(batch);
    return IntStream.range(0, lengths.length)
        .mapToLong(b -> firsts[b] + (long) lengths[b] - 1)
        .toArray();
  }

  /** The flat position of each example's first token. */
  static long[] firsts(Batch batch) {
    long length = batch.tokens().getShape().get(1);
    return IntStream.range(0, Math.toIntExact(batch.tokens().getShape().get(0)))
        .mapToLong(b -> b * length)
        .toArray();
  }

  long rows() {
    return tokens.getShape().get(0);
  }

  /**
   * @param values [B,d], one per example
   * @return [R,d]
   */
  NDArray each(NDArray values) {
    return owners.matMul(values);
  }
}

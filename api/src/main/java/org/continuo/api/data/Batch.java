package org.continuo.api.data;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.continuo.api.plugin.Stability;

/**
 * Examples as arrays, padded on the right to the longest of them.
 *
 * @param examples B of them, in the order of the rows
 * @param tokens [B,S] int64; 0 or the tokenizer's padding id where {@code mask} is 0
 * @param mask [B,S] float32, 1 for real tokens and 0 for padding
 * @param rows [R] int64, flat positions {@code b * S + s} of the hidden states the head reads: the
 *     summary position of each example, or the position before each answer token. With {@code
 *     Pooling.MEAN} R = B, and each names its example by its first position. Either way {@code row
 *     / S} is the example's place in the batch
 * @param targets [R] int64, the right column of the head for each of them; -1 where withheld
 * @param allowed [R or 1, C or 1] float32, 1 for the columns that are possible answers, 0 for
 *     others
 * @param pooling how the hidden states at {@code rows} are read
 */
@Stability(Stability.Level.STABLE)
public record Batch(
    List<Example> examples,
    NDArray tokens,
    NDArray mask,
    NDArray rows,
    NDArray targets,
    NDArray allowed,
    Pooling pooling) {

  /** How one vector is read for each of the rows. */
  public enum Pooling {
    /** The hidden state at the very position. */
    POSITIONS,
    /** The mean of the hidden states of all real tokens of the example. */
    MEAN
  }

  public Batch {
    examples = List.copyOf(examples);
  }

  /** Read at positions. */
  public Batch(
      List<Example> examples,
      NDArray tokens,
      NDArray mask,
      NDArray rows,
      NDArray targets,
      NDArray allowed) {
    this(examples, tokens, mask, rows, targets, allowed, Pooling.POSITIONS);
  }

  public int size() {
    return examples.size();
  }
}

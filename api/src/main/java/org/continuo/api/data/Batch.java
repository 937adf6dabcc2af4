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
 *     summary position of each example, or the position before each answer token
 * @param targets [R] int64, the right column of the head for each of them; -1 where withheld
 * @param allowed [R or 1, C or 1] float32, 1 for the columns that are possible answers, 0 for
 *     others
 */
@Stability(Stability.Level.STABLE)
public record Batch(
    List<Example> examples,
    NDArray tokens,
    NDArray mask,
    NDArray rows,
    NDArray targets,
    NDArray allowed) {
  public Batch {
    examples = List.copyOf(examples);
  }

  public int size() {
    return examples.size();
  }
}

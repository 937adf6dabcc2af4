package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import org.continuo.checkpoints.Rope;

/** Where the tokens of a pass stand in their rows, and which keys each of them may see. */
interface Sequence {
  /** Added to the score of a key that is not to be seen; finite, so that no row becomes NaN. */
  float HIDDEN = -1e9f;

  /** Of each token in its row, counted from 0; one row for all, or one per row of the batch. */
  long[][] positions();

  /**
   * Turns queries or keys to their positions.
   *
   * @param x [B,S,heads,h]
   */
  NDArray turn(Rope rope, NDArray x);

  /**
   * What is added to the attention scores: 0 for a key that is seen, {@link #HIDDEN} for others.
   *
   * @param window how many keys back a query sees, itself included; in an encoder to both sides
   * @param keys T; those beyond the tokens are prefixes, come first and are always seen
   * @return broadcasts to [B,J,G,S,T]
   */
  NDArray bias(int window, long keys);

  /** Adds the keys and values of earlier passes, and keeps these for later ones. */
  KeysAndValues remember(int layer, KeysAndValues now);

  /**
   * Of one layer.
   *
   * @param keys [B,J,T,h]
   * @param values [B,J,T,h]
   */
  record KeysAndValues(NDArray keys, NDArray values) {}
}

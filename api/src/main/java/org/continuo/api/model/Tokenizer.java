package org.continuo.api.model;

import java.util.List;
import org.continuo.api.plugin.Stability;

/** The tokenizer of a backbone, without padding and truncation. */
@Stability(Stability.Level.STABLE)
public interface Tokenizer {
  /** Ids with the special tokens the model expects around a text. */
  long[] encode(String text);

  /** Ids of a piece in the middle of a text: no special tokens. */
  long[] encodePiece(String text);

  /** Text of ids, special tokens left out. */
  String decode(long[] ids);

  /** Number of ids, special tokens included. */
  int vocabulary();

  long paddingId();

  /** The ids that end a generated text, in order of preference; empty for encoders. */
  List<Long> endIds();

  /** Name of the algorithm and other facts for people, one line. */
  String describe();
}

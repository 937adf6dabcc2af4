package org.continuo.api.model;

import java.util.List;
import org.continuo.api.data.DataException;
import org.continuo.api.data.Prompt;
import org.continuo.api.plugin.Stability;

/** The tokenizer of a backbone, without padding and truncation. */
@Stability(Stability.Level.STABLE)
public interface Tokenizer {
  /** Ids with the special tokens the model expects around a text. */
  long[] encode(String text);

  /**
   * Ids of a piece in the middle of a text: no special tokens, and no white space that the
   * tokenizer puts at the start of one.
   */
  long[] encodePiece(String text);

  /**
   * Ids with the special tokens the model expects around a text; those written in its template are
   * themselves. A tokenizer that knows none reads the characters.
   */
  default long[] encode(Prompt prompt) {
    return encode(prompt.toString());
  }

  /** As {@link #encode(Prompt)}, without special tokens but for those the template writes. */
  default long[] encodePiece(Prompt prompt) {
    return encodePiece(prompt.toString());
  }

  /**
   * What the tokenizer's chat template writes around a message.
   *
   * @throws DataException if there is none, or one that cannot be used: why, and what to do
   */
  default ChatFrame chatFrame() {
    throw new DataException(
        "the tokenizer has no chat template; remove chat = true and write the form the model was trained with into the prompt");
  }

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

package org.continuo.backbone.pytorch.scratch.bpe;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Cuts a text into the pieces that tokens do not cross: contractions, words with the blank before
 * them, numbers, other signs, white space. Nothing is lost: the pieces make up the text.
 */
final class Pieces {
  /** The expression of GPT-2; its white space is that of Unicode. */
  private static final Pattern PIECE =
      Pattern.compile(
          String.join(
              "|",
              List.of(
                  "'s",
                  "'t",
                  "'re",
                  "'ve",
                  "'m",
                  "'ll",
                  "'d",
                  " ?\\p{L}+",
                  " ?\\p{N}+",
                  " ?[^\\s\\p{L}\\p{N}]+",
                  "\\s+(?!\\S)",
                  "\\s+")),
          Pattern.UNICODE_CHARACTER_CLASS);

  private Pieces() {}

  static Stream<String> of(String text) {
    return PIECE.matcher(text).results().map(MatchResult::group);
  }
}

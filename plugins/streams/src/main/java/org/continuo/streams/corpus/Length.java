package org.continuo.streams.corpus;

import java.util.function.Supplier;

/**
 * How long a text may be.
 *
 * @param fewest words, separated by white space
 * @param most words
 */
record Length(int fewest, int most) {
  /** After so many sentences that were too long, the text ends as it is. */
  private static final int PATIENCE = 6;

  static int words(String text) {
    int words = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      boolean blank = Character.isWhitespace(text.charAt(i));
      words += !blank && !inWord ? 1 : 0;
      inWord = !blank;
    }
    return words;
  }

  boolean holds(String text) {
    int words = words(text);
    return words >= fewest && words <= most;
  }

  /** What is left when {@code text} is already there. */
  Length after(String text) {
    int words = words(text);
    return new Length(Math.max(1, fewest - words), Math.max(1, most - words));
  }

  /** {@code start} and sentences after it, up to a length drawn between the two limits. */
  String fill(Draft draft, String start, Supplier<String> sentences) {
    StringBuilder text = new StringBuilder(start);
    int words = words(start);
    int wanted = fewest + draft.below(Math.max(1, most - fewest + 1));
    int refused = 0;
    while (words < wanted && refused < PATIENCE) {
      String sentence = sentences.get();
      int longer = words + words(sentence);
      if (longer > most) {
        refused++;
        continue;
      }
      text.append(text.isEmpty() ? "" : " ").append(sentence);
      words = longer;
    }
    return text.toString();
  }
}

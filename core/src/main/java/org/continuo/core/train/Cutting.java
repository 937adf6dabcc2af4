package org.continuo.core.train;

import java.util.Arrays;
import java.util.function.Function;

/** Cuts texts to so many tokens, and reads no more of a long one than fills them. */
final class Cutting {
  /** UTF-16 units that are always read at once. */
  private static final int SHORT = 1 << 16;

  /** More than an ordinary token stands for. */
  private static final int UNITS_PER_TOKEN = 8;

  /**
   * The share of the room that a cut may leave empty, as the proportion of characters to tokens
   * seldom does.
   */
  private static final int WASTED = 4;

  private Cutting() {}

  /**
   * The ids of a text.
   *
   * @param cut true if they are those of its beginning
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, by the encoder that asked
  record Fitted(long[] ids, boolean cut) {}

  /**
   * The text, cut between characters to what has at most so many ids; what is left is tokenised as
   * it then stands, so that no token is one that the text would not have.
   *
   * @param encode the text in its prompt
   */
  static Fitted fit(String text, int room, Function<String, long[]> encode) {
    String all = start(text, atOnce(room));
    long[] ids = encode.apply(all);
    while (ids.length <= room && all.length() < text.length()) {
      all = start(text, 2L * all.length());
      ids = encode.apply(all);
    }
    return ids.length <= room
        ? new Fitted(ids, false)
        : new Fitted(cut(all, ids, room, encode), true);
  }

  private static long[] cut(String all, long[] tooMany, int room, Function<String, long[]> encode) {
    String text = all;
    long[] ids = tooMany;
    int above = text.length();
    while (ids.length > room && !text.isEmpty()) {
      above = text.length();
      int kept = (int) (text.length() * (double) (room - 1) / ids.length);
      text = start(text, Math.min(kept, text.length() - 1)).stripTrailing();
      ids = encode.apply(text);
    }
    // A text that is denser behind its beginning was cut too short by the proportion.
    int below = text.length();
    while (ids.length < room - room / WASTED && above - below > 1) {
      int middle = (below + above) >>> 1;
      long[] more = encode.apply(start(all, middle).stripTrailing());
      if (more.length <= room) {
        ids = more;
        below = middle;
      } else {
        above = middle;
      }
    }
    return ids;
  }

  /** The first so many ids of a text; all of them if it has no more. */
  static long[] first(String text, int count, Function<String, long[]> encode) {
    String beginning = start(text, atOnce(count));
    long[] ids = encode.apply(beginning);
    // The last tokens of a beginning may be others in the whole text: those far from them are not.
    while (ids.length < 2L * count && beginning.length() < text.length()) {
      beginning = start(text, 2L * beginning.length());
      ids = encode.apply(beginning);
    }
    return ids.length <= count ? ids : Arrays.copyOf(ids, count);
  }

  private static long atOnce(int tokens) {
    return Math.max(SHORT, (long) UNITS_PER_TOKEN * tokens);
  }

  /** The first UTF-16 units of a text, one less where the last would be half of a character. */
  private static String start(String text, long units) {
    if (units >= text.length()) {
      return text;
    }
    int end = (int) units;
    boolean halves = end > 0 && Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end));
    return text.substring(0, halves ? end - 1 : end);
  }
}

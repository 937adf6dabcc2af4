package org.continuo.streams.corpus;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The last hand: articles before vowels, capitals after full stops, no doubled blanks or stops. */
final class Typography {
  private static final Pattern ARTICLE =
      Pattern.compile(
          "\\b([Aa]) (?=(?:[aeiou](?!ni[ofqtv]|se|su|ne[ -]|nce|ur|ga)|hour|hono|heir|8|11[ -]|18)"
              + "|[AEFHILMNORSX][A-Z]|[AEIO][a-z])");
  private static final List<String> OPENINGS = List.of("Title:", "Text:", " -");
  private static final Set<String> ABBREVIATIONS =
      Set.of("Corp", "Inc", "Ltd", "St", "Mr", "Mrs", "Dr", "U.S", "vs", "no", "Bros");
  private static final Pattern BLANKS = Pattern.compile(" {2,}");
  private static final Pattern BLANK_BEFORE = Pattern.compile(" (?=[,;.!?](?: |$|\\n|\"))");
  private static final Pattern STOPS = Pattern.compile("\\.\\.(?!\\.)");
  private static final Pattern STOP_AFTER_TITLE = Pattern.compile("([!?])\\.");
  private static final Pattern SPACED = Pattern.compile("([,;:!?]|\\.(?=\\s|$))");
  private static final Pattern CONTRACTION = Pattern.compile("(n't|'s|'ve|'re|'ll|'d|'m)\\b");

  private Typography() {}

  static String finish(String text) {
    String tidy = BLANKS.matcher(text.strip()).replaceAll(" ");
    tidy = BLANK_BEFORE.matcher(tidy).replaceAll("");
    tidy = STOPS.matcher(tidy).replaceAll(".");
    tidy = STOP_AFTER_TITLE.matcher(tidy).replaceAll("$1");
    return capitals(ARTICLE.matcher(tidy).replaceAll("$1n "));
  }

  private static String capitals(String text) {
    StringBuilder capitals = new StringBuilder(text);
    boolean starting = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || (c == ' ' && endsSentence(text, i))) {
        starting = true;
      } else if (starting && "\"'( ".indexOf(c) < 0) {
        capitals.setCharAt(i, Character.toUpperCase(c));
        starting = false;
      }
    }
    return capitals.toString();
  }

  /** Whether a sentence ends before the blank at {@code at}. */
  private static boolean endsSentence(String text, int at) {
    if (OPENINGS.stream().anyMatch(opening -> text.startsWith(opening, at - opening.length()))) {
      return true;
    }
    int last = at - 1;
    while (last > 0 && "\"')".indexOf(text.charAt(last)) >= 0) {
      last--;
    }
    if (last < 1 || ".!?".indexOf(text.charAt(last)) < 0) {
      return false;
    }
    int start = text.lastIndexOf(' ', last) + 1;
    String word = text.substring(start, last);
    boolean initial = word.length() == 1 && Character.isUpperCase(word.charAt(0));
    return text.charAt(last) != '.' || !(initial || ABBREVIATIONS.contains(word));
  }

  /** Lower case with blanks around punctuation and in contractions: "it 's fun , really ." */
  static String tokenised(String text) {
    String articled = ARTICLE.matcher(text).replaceAll("$1n ");
    String spaced = SPACED.matcher(articled.toLowerCase(Locale.ROOT)).replaceAll(" $1");
    String split = CONTRACTION.matcher(spaced).replaceAll(" $1");
    return BLANKS.matcher(split).replaceAll(" ").strip();
  }
}

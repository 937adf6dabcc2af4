package org.continuo.streams.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A piece of text with slots: {@code {rule}} what a rule gives, {@code {rule:form}} in a form of
 * {@link Inflection}, {@code {key=rule}} kept under a key for the rest of the document, {@code
 * (a|b)} one of several, {@code [a]} now and then. A backslash takes the next character as it is;
 * {@code \n} is a line break.
 *
 * @param sentence long enough for a reader to notice it twice
 */
record Frame(List<Piece> pieces, boolean sentence) {
  /** Characters from which a frame counts as a sentence rather than a word or a phrase. */
  private static final int SENTENCE = 14;

  /** What a slot counts for. */
  private static final int SLOT = 4;

  private static final Frame EMPTY = of(List.of());

  sealed interface Piece permits Text, Slot, Choice {}

  record Text(String text) implements Piece {}

  /**
   * @param key the name under which the value is kept; empty if it is not
   * @param rule name as written: a key of the document, a rule of the same file or of another
   */
  record Slot(Optional<String> key, String rule, List<String> forms) implements Piece {}

  record Choice(List<Frame> alternatives) implements Piece {}

  private static Frame of(List<Piece> pieces) {
    int length =
        pieces.stream()
            .mapToInt(piece -> piece instanceof Text literal ? literal.text().length() : SLOT)
            .sum();
    return new Frame(List.copyOf(pieces), length >= SENTENCE);
  }

  static Frame parse(String source) {
    Parser parser = new Parser(source);
    Frame frame = parser.frame("");
    if (parser.more()) {
      throw parser.unexpected();
    }
    return frame;
  }

  private static final class Parser {
    private final String source;
    private int at;

    Parser(String source) {
      this.source = source;
    }

    boolean more() {
      return at < source.length();
    }

    IllegalArgumentException unexpected() {
      String found = more() ? "'" + source.charAt(at) + "'" : "the end";
      return new IllegalArgumentException(
          "found " + found + " at column " + (at + 1) + " of the frame: " + source);
    }

    Frame frame(String ends) {
      List<Piece> pieces = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      while (more() && ends.indexOf(source.charAt(at)) < 0) {
        char c = source.charAt(at);
        if (c == '\\') {
          at++;
          if (!more()) {
            throw unexpected();
          }
          text.append(source.charAt(at) == 'n' ? '\n' : source.charAt(at));
          at++;
        } else if ("{([".indexOf(c) >= 0) {
          flush(text, pieces);
          at++;
          pieces.add(
              switch (c) {
                case '{' -> slot();
                case '(' -> choice();
                default -> occasional();
              });
        } else if ("})]".indexOf(c) >= 0) {
          throw unexpected();
        } else {
          text.append(c);
          at++;
        }
      }
      flush(text, pieces);
      return of(pieces);
    }

    private Slot slot() {
      int end = source.indexOf('}', at);
      if (end < 0) {
        at = source.length();
        throw unexpected();
      }
      String content = source.substring(at, end);
      at = end + 1;
      int equals = content.indexOf('=');
      Optional<String> key =
          equals < 0 ? Optional.empty() : Optional.of(content.substring(0, equals));
      List<String> parts = List.of(content.substring(equals + 1).split(":", -1));
      return new Slot(key, parts.get(0), List.copyOf(parts.subList(1, parts.size())));
    }

    private Choice choice() {
      List<Frame> alternatives = new ArrayList<>();
      alternatives.add(frame("|)"));
      while (more() && source.charAt(at) == '|') {
        at++;
        alternatives.add(frame("|)"));
      }
      close(')');
      return new Choice(List.copyOf(alternatives));
    }

    private Choice occasional() {
      Frame content = frame("]");
      close(']');
      return new Choice(List.of(content, EMPTY));
    }

    private void close(char bracket) {
      if (!more() || source.charAt(at) != bracket) {
        throw unexpected();
      }
      at++;
    }

    private static void flush(StringBuilder text, List<Piece> pieces) {
      if (!text.isEmpty()) {
        pieces.add(new Text(text.toString()));
        text.setLength(0);
      }
    }
  }
}

package org.continuo.checkpoints.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template into tokens, and the white space around tags as the options of the package say.
 */
final class Lexer {
  private static final Pattern OPENING = Pattern.compile("\\{([{%#])([-+]?)");
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<space>\\s+)|(?<float>\\d+\\.\\d+)|(?<integer>\\d+)|(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)"
              + "|(?<string>'(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\")"
              + "|(?<operator>//|\\*\\*|[=!<>]=|[-+*/%~<>=.,:|(){}\\[\\]])",
          Pattern.DOTALL);

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int place;

  /** Whether the text at hand begins a line. */
  private boolean lineStarts = true;

  private Lexer(String source) {
    String lines = source.replace("\r\n", "\n").replace('\r', '\n');
    this.source = lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
  }

  static List<Token> tokens(String source) {
    return new Lexer(source).all();
  }

  private List<Token> all() {
    Matcher opening = OPENING.matcher(source);
    while (opening.find(place)) {
      char kind = opening.group(1).charAt(0);
      data(opening.start(), kind, opening.group(2));
      place = opening.end();
      if (kind == '#') {
        comment(opening.start());
      } else {
        inside(kind);
      }
    }
    add(Token.Kind.DATA, source.substring(place), place);
    add(Token.Kind.END, "", source.length());
    return tokens;
  }

  private void data(int end, char kind, String control) {
    String text = source.substring(place, end);
    if (control.equals("-")) {
      text = text.stripTrailing();
    } else if (kind != '{' && control.isEmpty()) {
      int line = text.lastIndexOf('\n') + 1;
      if ((line > 0 || lineStarts) && text.substring(line).isBlank()) {
        text = text.substring(0, line);
      }
    }
    add(Token.Kind.DATA, text, place);
  }

  private void comment(int start) {
    int end = source.indexOf("#}", place);
    if (end < 0) {
      throw problem(start, "a comment does not end, expected #}");
    }
    place = end + 2;
    behindTag(end > 0 ? source.charAt(end - 1) : ' ', true);
  }

  private void inside(char kind) {
    boolean output = kind == '{';
    String end = output ? "}}" : "%}";
    add(output ? Token.Kind.OUTPUT_BEGIN : Token.Kind.TAG_BEGIN, "", place);
    int start = place;
    int depth = 0;
    Matcher token = TOKEN.matcher(source);
    while (true) {
      boolean controlled =
          place < source.length()
              && "-+".indexOf(source.charAt(place)) >= 0
              && source.startsWith(end, place + 1);
      if (depth == 0 && (controlled || source.startsWith(end, place))) {
        char control = controlled ? source.charAt(place) : ' ';
        add(output ? Token.Kind.OUTPUT_END : Token.Kind.TAG_END, "", place);
        place += end.length() + (controlled ? 1 : 0);
        behindTag(control, !output);
        return;
      }
      token.region(place, source.length());
      if (place == source.length()) {
        throw problem(start, "a tag does not end, expected " + end);
      }
      if (!token.lookingAt()) {
        throw problem(place, "found '%s', which begins nothing".formatted(source.charAt(place)));
      }
      depth += nesting(token);
      add(token);
      place = token.end();
    }
  }

  private static int nesting(Matcher token) {
    String operator = token.group("operator");
    return operator == null ? 0 : "([{".contains(operator) ? 1 : ")]}".contains(operator) ? -1 : 0;
  }

  /** Skips the white space that a tag takes with it. */
  private void behindTag(char control, boolean trims) {
    int end = place;
    if (control == '-') {
      while (end < source.length() && Character.isWhitespace(source.charAt(end))) {
        end++;
      }
    } else if (trims && control != '+' && source.startsWith("\n", end)) {
      end++;
    }
    lineStarts = end > place && source.charAt(end - 1) == '\n';
    place = end;
  }

  private void add(Matcher token) {
    for (Token.Kind kind :
        List.of(Token.Kind.FLOAT, Token.Kind.INTEGER, Token.Kind.NAME, Token.Kind.OPERATOR)) {
      if (token.group(kind.name().toLowerCase(java.util.Locale.ROOT)) != null) {
        add(kind, token.group(), token.start());
      }
    }
    if (token.group("string") != null) {
      String quoted = token.group();
      add(
          Token.Kind.STRING,
          unescaped(quoted.substring(1, quoted.length() - 1), token.start()),
          token.start());
    }
  }

  private String unescaped(String text, int start) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      char escaped = text.charAt(++i);
      int digits = escaped == 'x' ? 2 : escaped == 'u' ? 4 : 0;
      if (digits > 0) {
        try {
          plain.append((char) Integer.parseInt(text.substring(i + 1, i + 1 + digits), 16));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
          throw problem(
              start, "found an escape '\\%s' without %d digits".formatted(escaped, digits));
        }
        i += digits;
        continue;
      }
      int known = "nrt\\'\"".indexOf(escaped);
      plain.append(known < 0 ? "\\" + escaped : String.valueOf("\n\r\t\\'\"".charAt(known)));
    }
    return plain.toString();
  }

  private void add(Token.Kind kind, String text, int at) {
    if (kind != Token.Kind.DATA || !text.isEmpty()) {
      tokens.add(new Token(kind, text, line(at)));
    }
  }

  private int line(int at) {
    return 1 + (int) source.chars().limit(at).filter(c -> c == '\n').count();
  }

  private JinjaException problem(int at, String problem) {
    return new JinjaException(line(at), problem);
  }
}

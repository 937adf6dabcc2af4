package org.continuo.checkpoints.jinja;

import java.util.List;

/** The tokens still to be read. */
final class Tokens {
  private final List<Token> all;
  private int place;

  Tokens(List<Token> all) {
    this.all = all;
  }

  Token peek() {
    return all.get(place);
  }

  /** The one behind the next; the end again behind the end. */
  Token second() {
    return all.get(Math.min(place + 1, all.size() - 1));
  }

  Token next() {
    Token token = peek();
    place = Math.min(place + 1, all.size() - 1);
    return token;
  }

  boolean skip(String operator) {
    boolean found = peek().is(operator);
    if (found) {
      next();
    }
    return found;
  }

  boolean skipName(String name) {
    boolean found = peek().named(name);
    if (found) {
      next();
    }
    return found;
  }

  void expect(String operator) {
    if (!skip(operator)) {
      throw unexpected("'" + operator + "'");
    }
  }

  void expectName(String name) {
    if (!skipName(name)) {
      throw unexpected("'" + name + "'");
    }
  }

  Token expect(Token.Kind kind, String expected) {
    if (peek().kind() != kind) {
      throw unexpected(expected);
    }
    return next();
  }

  JinjaException unexpected(String expected) {
    Token found = peek();
    String text =
        switch (found.kind()) {
          case END -> "the end";
          case TAG_BEGIN -> "{%";
          case TAG_END -> "%}";
          case OUTPUT_BEGIN -> "{{";
          case OUTPUT_END -> "}}";
          default -> "'" + found.text() + "'";
        };
    return problem("found %s, expected %s".formatted(text, expected));
  }

  JinjaException problem(String problem) {
    return new JinjaException(peek().line(), problem);
  }
}

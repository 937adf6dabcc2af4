package org.continuo.checkpoints.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tags of a template. */
final class Parser {
  private static final int DEEPEST = 100;
  private static final List<String> KNOWN =
      List.of("for", "if", "set", "macro", "break", "continue", "generation");

  private final Tokens tokens;
  private final ExpressionParser expressions;
  private int depth;

  private Parser(Tokens tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
  }

  static List<Statement> parse(String template) {
    Parser parser = new Parser(new Tokens(Lexer.tokens(template)));
    List<Statement> all = parser.body(Set.of());
    if (parser.tokens.peek().kind() != Token.Kind.END) {
      throw parser.tokens.unexpected("no more tags");
    }
    return all;
  }

  /** Up to a tag of one of these names, whose beginning is read then, or the end of the file. */
  private List<Statement> body(Set<String> ends) {
    if (++depth > DEEPEST) {
      throw tokens.problem("tags are nested more than %d deep".formatted(DEEPEST));
    }
    List<Statement> body = new ArrayList<>();
    while (tokens.peek().kind() != Token.Kind.END) {
      Token token = tokens.peek();
      if (token.kind() == Token.Kind.TAG_BEGIN && ends.contains(tokens.second().text())) {
        tokens.next();
        break;
      }
      tokens.next();
      switch (token.kind()) {
        case DATA -> body.add(new Statement.Data(token.text()));
        case OUTPUT_BEGIN -> {
          body.add(new Statement.Output(expressions.tuple()));
          tokens.expect(Token.Kind.OUTPUT_END, "}}");
        }
        default -> body.addAll(tag());
      }
    }
    depth--;
    return body;
  }

  private List<Statement> tag() {
    Token name = tokens.next();
    return switch (name.text()) {
      case "for" -> List.of(loop());
      case "if" -> List.of(choice());
      case "set" -> List.of(assignment());
      case "macro" -> List.of(macro(name.line()));
      case "break", "continue" -> {
        close();
        yield List.of(name.text().equals("break") ? Statement.Jump.BREAK : Statement.Jump.CONTINUE);
      }
      case "generation" -> {
        close();
        List<Statement> body = body(Set.of("endgeneration"));
        end("endgeneration");
        yield body;
      }
      default ->
          throw new JinjaException(
              name.line(), "found the tag '%s', expected one of %s".formatted(name.text(), KNOWN));
    };
  }

  private Statement loop() {
    List<String> targets = targets();
    tokens.expectName("in");
    Expression items = expressions.withoutCondition();
    Optional<Expression> condition =
        tokens.skipName("if") ? Optional.of(expressions.expression()) : Optional.empty();
    close();
    List<Statement> body = body(Set.of("endfor", "else"));
    List<Statement> otherwise = List.of();
    if (tokens.peek().named("else")) {
      end("else");
      otherwise = body(Set.of("endfor"));
    }
    end("endfor");
    return new Statement.For(targets, items, condition, body, otherwise);
  }

  private Statement choice() {
    List<Statement.Branch> branches = new ArrayList<>();
    List<Statement> otherwise = List.of();
    do {
      Expression condition = expressions.tuple();
      close();
      branches.add(new Statement.Branch(condition, body(Set.of("elif", "else", "endif"))));
    } while (tokens.skipName("elif"));
    if (tokens.peek().named("else")) {
      end("else");
      otherwise = body(Set.of("endif"));
    }
    end("endif");
    return new Statement.If(branches, otherwise);
  }

  private Statement assignment() {
    List<String> targets = targets();
    int line = tokens.peek().line();
    if (tokens.skip(".")) {
      String attribute = tokens.expect(Token.Kind.NAME, "an attribute").text();
      tokens.expect("=");
      Expression value = expressions.tuple();
      close();
      return new Statement.AttributeAssignment(targets.get(0), attribute, value, line);
    }
    if (tokens.skip("=")) {
      Expression value = expressions.tuple();
      close();
      return new Statement.Assignment(targets, value);
    }
    close();
    List<Statement> body = body(Set.of("endset"));
    end("endset");
    return new Statement.Capture(targets.get(0), body);
  }

  private Statement macro(int line) {
    String name = tokens.expect(Token.Kind.NAME, "a name").text();
    List<String> parameters = new ArrayList<>();
    Map<String, Expression> defaults = new LinkedHashMap<>();
    tokens.expect("(");
    while (!tokens.skip(")")) {
      String parameter = tokens.expect(Token.Kind.NAME, "a parameter").text();
      parameters.add(parameter);
      if (tokens.skip("=")) {
        defaults.put(parameter, expressions.expression());
      }
      if (!tokens.peek().is(")")) {
        tokens.expect(",");
      }
    }
    close();
    List<Statement> body = body(Set.of("endmacro"));
    end("endmacro");
    return new Statement.Macro(name, parameters, defaults, body, line);
  }

  private List<String> targets() {
    List<String> names = new ArrayList<>();
    boolean enclosed = tokens.skip("(");
    do {
      names.add(tokens.expect(Token.Kind.NAME, "a name").text());
    } while (tokens.skip(","));
    if (enclosed) {
      tokens.expect(")");
    }
    return names;
  }

  private void end(String tag) {
    tokens.expectName(tag);
    // an end tag may repeat what it ends
    if (tag.equals("endmacro") && tokens.peek().kind() == Token.Kind.NAME) {
      tokens.next();
    }
    close();
  }

  private void close() {
    tokens.expect(Token.Kind.TAG_END, "%}");
  }
}

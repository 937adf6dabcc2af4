package org.continuo.checkpoints.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Expressions, by the precedence of Jinja: a filter binds closer than any operator of two sides.
 */
final class ExpressionParser {
  private static final int DEEPEST = 100;
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");

  /** What may stand behind the name of a test without being its argument. */
  private static final Set<String> WORDS = Set.of("else", "or", "and", "is", "in", "not", "if");

  private final Tokens tokens;
  private int depth;

  ExpressionParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /** An expression, or several with commas between them. */
  Expression tuple() {
    int line = tokens.peek().line();
    Expression first = expression();
    if (!tokens.peek().is(",")) {
      return first;
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (tokens.skip(",")) {
      if (beginsNone()) {
        break;
      }
      items.add(expression());
    }
    return new Expression.Sequence(items, line);
  }

  private boolean beginsNone() {
    return switch (tokens.peek().kind()) {
      case TAG_END, OUTPUT_END, END -> true;
      default -> tokens.peek().is(")") || tokens.peek().is("=");
    };
  }

  Expression expression() {
    return nested(this::conditional);
  }

  private Expression conditional() {
    Expression value = withoutCondition();
    while (tokens.peek().named("if")) {
      int line = tokens.next().line();
      Expression condition = withoutCondition();
      Optional<Expression> otherwise =
          tokens.skipName("else") ? Optional.of(expression()) : Optional.empty();
      value = new Expression.Conditional(value, condition, otherwise, line);
    }
    return value;
  }

  /** One that leaves a following {@code if} alone. */
  Expression withoutCondition() {
    Expression left = conjunction();
    while (tokens.peek().named("or")) {
      int line = tokens.next().line();
      left = new Expression.Binary("or", left, conjunction(), line);
    }
    return left;
  }

  private Expression conjunction() {
    Expression left = negation();
    while (tokens.peek().named("and")) {
      int line = tokens.next().line();
      left = new Expression.Binary("and", left, negation(), line);
    }
    return left;
  }

  private Expression negation() {
    if (!tokens.peek().named("not")) {
      return comparison();
    }
    int line = tokens.next().line();
    return nested(() -> new Expression.Unary("not", negation(), line));
  }

  private Expression comparison() {
    Expression left = sum();
    Expression result = left;
    boolean chained = false;
    while (true) {
      Token token = tokens.peek();
      String operator;
      if (token.kind() == Token.Kind.OPERATOR && COMPARISONS.contains(token.text())) {
        operator = token.text();
        tokens.next();
      } else if (tokens.skipName("in")) {
        operator = "in";
      } else if (token.named("not") && tokens.second().named("in")) {
        tokens.next();
        tokens.next();
        operator = "not in";
      } else {
        return result;
      }
      Expression right = sum();
      Expression compared = new Expression.Binary(operator, left, right, token.line());
      result = chained ? new Expression.Binary("and", result, compared, token.line()) : compared;
      left = right;
      chained = true;
    }
  }

  private Expression sum() {
    return binary(Set.of("+", "-"), this::concatenation);
  }

  private Expression concatenation() {
    return binary(Set.of("~"), this::product);
  }

  private Expression product() {
    return binary(Set.of("*", "/", "//", "%"), this::power);
  }

  private Expression power() {
    return binary(Set.of("**"), () -> unary(true));
  }

  private Expression binary(Set<String> operators, Supplier<Expression> side) {
    Expression left = side.get();
    while (tokens.peek().kind() == Token.Kind.OPERATOR
        && operators.contains(tokens.peek().text())) {
      Token operator = tokens.next();
      left = new Expression.Binary(operator.text(), left, side.get(), operator.line());
    }
    return left;
  }

  private Expression unary(boolean filtered) {
    Token token = tokens.peek();
    Expression value;
    if (token.is("-") || token.is("+")) {
      tokens.next();
      value = nested(() -> new Expression.Unary(token.text(), unary(false), token.line()));
    } else {
      value = primary();
    }
    value = postfix(value);
    return filtered ? filters(value) : value;
  }

  private Expression primary() {
    Token token = tokens.next();
    return switch (token.kind()) {
      case NAME ->
          switch (token.text()) {
            case "true", "True" -> new Expression.Constant(true, token.line());
            case "false", "False" -> new Expression.Constant(false, token.line());
            case "none", "None" -> new Expression.Constant(Values.Nothing.NONE, token.line());
            default -> new Expression.Name(token.text(), token.line());
          };
      case STRING -> {
        StringBuilder text = new StringBuilder(token.text());
        while (tokens.peek().kind() == Token.Kind.STRING) {
          text.append(tokens.next().text());
        }
        yield new Expression.Constant(text.toString(), token.line());
      }
      case INTEGER -> new Expression.Constant(number(token), token.line());
      case FLOAT -> new Expression.Constant(Double.valueOf(token.text()), token.line());
      default -> bracketed(token);
    };
  }

  private static Long number(Token token) {
    try {
      return Long.valueOf(token.text());
    } catch (NumberFormatException e) {
      throw new JinjaException(token.line(), "found a number beyond 64 bits: " + token.text());
    }
  }

  private Expression bracketed(Token opening) {
    if (opening.is("(")) {
      if (tokens.skip(")")) {
        return new Expression.Sequence(List.of(), opening.line());
      }
      Expression inner = tuple();
      tokens.expect(")");
      return inner;
    }
    if (opening.is("[")) {
      List<Expression> items = new ArrayList<>();
      while (!tokens.skip("]")) {
        items.add(expression());
        if (!tokens.peek().is("]")) {
          tokens.expect(",");
        }
      }
      return new Expression.Sequence(items, opening.line());
    }
    if (opening.is("{")) {
      List<Map.Entry<Expression, Expression>> entries = new ArrayList<>();
      while (!tokens.skip("}")) {
        Expression key = expression();
        tokens.expect(":");
        entries.add(Map.entry(key, expression()));
        if (!tokens.peek().is("}")) {
          tokens.expect(",");
        }
      }
      return new Expression.Mapping(entries, opening.line());
    }
    throw new JinjaException(
        opening.line(), "found '%s', expected a value".formatted(opening.text()));
  }

  private Expression postfix(Expression of) {
    Expression value = of;
    while (true) {
      Token token = tokens.peek();
      if (tokens.skip(".")) {
        value =
            new Expression.Attribute(
                value, tokens.expect(Token.Kind.NAME, "an attribute").text(), token.line());
      } else if (tokens.skip("[")) {
        value = subscript(value, token.line());
      } else if (token.is("(")) {
        value = new Expression.Call(value, arguments(), token.line());
      } else {
        return value;
      }
    }
  }

  private Expression subscript(Expression of, int line) {
    Optional<Expression> from =
        tokens.peek().is(":") ? Optional.empty() : Optional.of(expression());
    if (from.isPresent() && tokens.skip("]")) {
      return new Expression.Item(of, from.get(), line);
    }
    tokens.expect(":");
    Optional<Expression> to = bound();
    Optional<Expression> step = tokens.skip(":") ? bound() : Optional.empty();
    tokens.expect("]");
    return new Expression.Slice(of, from, to, step, line);
  }

  private Optional<Expression> bound() {
    return tokens.peek().is(":") || tokens.peek().is("]")
        ? Optional.empty()
        : Optional.of(expression());
  }

  private Expression filters(Expression of) {
    Expression value = of;
    while (true) {
      Token token = tokens.peek();
      if (tokens.skip("|")) {
        String name = tokens.expect(Token.Kind.NAME, "a filter").text();
        Expression.Arguments arguments =
            tokens.peek().is("(") ? arguments() : Expression.Arguments.NONE;
        value = new Expression.Filter(value, name, arguments, token.line());
      } else if (tokens.skipName("is")) {
        value = test(value, token.line());
      } else if (token.is("(")) {
        value = new Expression.Call(value, arguments(), token.line());
      } else {
        return value;
      }
    }
  }

  private Expression test(Expression of, int line) {
    boolean negated = tokens.skipName("not");
    String name = tokens.expect(Token.Kind.NAME, "a test").text();
    Expression.Arguments arguments =
        tokens.peek().is("(")
            ? arguments()
            : argued()
                ? new Expression.Arguments(List.of(postfix(primary())), Map.of())
                : Expression.Arguments.NONE;
    Expression test = new Expression.Test(of, name, arguments, line);
    return negated ? new Expression.Unary("not", test, line) : test;
  }

  private boolean argued() {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NAME -> !WORDS.contains(token.text());
      case STRING, INTEGER, FLOAT -> true;
      default -> token.is("[") || token.is("{");
    };
  }

  private Expression.Arguments arguments() {
    List<Expression> places = new ArrayList<>();
    Map<String, Expression> names = new LinkedHashMap<>();
    tokens.expect("(");
    while (!tokens.skip(")")) {
      if (tokens.peek().kind() == Token.Kind.NAME && tokens.second().is("=")) {
        String name = tokens.next().text();
        tokens.next();
        names.put(name, expression());
      } else {
        places.add(expression());
      }
      if (!tokens.peek().is(")")) {
        tokens.expect(",");
      }
    }
    return new Expression.Arguments(places, names);
  }

  private Expression nested(Supplier<Expression> inner) {
    if (++depth > DEEPEST) {
      throw tokens.problem("expressions are nested more than %d deep".formatted(DEEPEST));
    }
    Expression value = inner.get();
    depth--;
    return value;
  }
}

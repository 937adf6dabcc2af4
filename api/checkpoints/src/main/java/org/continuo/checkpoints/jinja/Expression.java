package org.continuo.checkpoints.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has a value. */
sealed interface Expression {
  int line();

  record Constant(Object value, int line) implements Expression {}

  record Name(String name, int line) implements Expression {}

  record Sequence(List<Expression> items, int line) implements Expression {}

  record Mapping(List<Map.Entry<Expression, Expression>> entries, int line) implements Expression {}

  record Attribute(Expression of, String name, int line) implements Expression {}

  record Item(Expression of, Expression key, int line) implements Expression {}

  record Slice(
      Expression of,
      Optional<Expression> from,
      Optional<Expression> to,
      Optional<Expression> step,
      int line)
      implements Expression {}

  record Call(Expression callee, Arguments arguments, int line) implements Expression {}

  record Filter(Expression of, String name, Arguments arguments, int line) implements Expression {}

  record Test(Expression of, String name, Arguments arguments, int line) implements Expression {}

  record Unary(String operator, Expression of, int line) implements Expression {}

  /** And, or, comparisons and arithmetic. */
  record Binary(String operator, Expression left, Expression right, int line)
      implements Expression {}

  record Conditional(
      Expression then, Expression condition, Optional<Expression> otherwise, int line)
      implements Expression {}

  /** What a call is given. */
  record Arguments(List<Expression> places, Map<String, Expression> names) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());
  }
}

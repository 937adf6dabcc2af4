package org.continuo.checkpoints.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Values of expressions. */
final class Evaluation {
  private final Budget budget;

  Evaluation(Budget budget) {
    this.budget = budget;
  }

  Object value(Expression expression, Scope scope) {
    try {
      budget.step(expression.line());
      Object value = compute(expression, scope);
      if (value instanceof String text) {
        budget.length(text.length(), expression.line());
      }
      return value;
    } catch (Values.Refused e) {
      throw new JinjaException(expression.line(), e.getMessage());
    } catch (IndexOutOfBoundsException | ClassCastException e) {
      throw new JinjaException(expression.line(), "a filter, test or method lacks an argument");
    }
  }

  private Object compute(Expression expression, Scope scope) {
    if (expression instanceof Expression.Constant constant) {
      return constant.value();
    }
    if (expression instanceof Expression.Name name) {
      return scope.get(name.name());
    }
    if (expression instanceof Expression.Sequence sequence) {
      return values(sequence.items(), scope);
    }
    if (expression instanceof Expression.Mapping mapping) {
      Map<Object, Object> map = new LinkedHashMap<>();
      mapping.entries().forEach(e -> map.put(value(e.getKey(), scope), value(e.getValue(), scope)));
      return map;
    }
    if (expression instanceof Expression.Attribute attribute) {
      return Values.item(value(attribute.of(), scope), attribute.name());
    }
    if (expression instanceof Expression.Item item) {
      return Values.item(value(item.of(), scope), value(item.key(), scope));
    }
    if (expression instanceof Expression.Slice slice) {
      return slice(slice, scope);
    }
    if (expression instanceof Expression.Call call) {
      return call(call, scope);
    }
    if (expression instanceof Expression.Filter filter) {
      return filter(filter, scope);
    }
    if (expression instanceof Expression.Test test) {
      return Builtins.test(
          test.name(), value(test.of(), scope), values(test.arguments().places(), scope));
    }
    if (expression instanceof Expression.Unary unary) {
      return unary(unary, scope);
    }
    if (expression instanceof Expression.Binary binary) {
      return binary(binary, scope);
    }
    Expression.Conditional choice = (Expression.Conditional) expression;
    return Values.truth(value(choice.condition(), scope))
        ? value(choice.then(), scope)
        : choice
            .otherwise()
            .map(o -> value(o, scope))
            .orElseGet(() -> new Values.Undefined("else"));
  }

  private List<Object> values(List<Expression> expressions, Scope scope) {
    return expressions.stream().map(expression -> value(expression, scope)).toList();
  }

  private Object filter(Expression.Filter filter, Scope scope) {
    List<Object> arguments = new ArrayList<>(values(filter.arguments().places(), scope));
    // default(value, boolean=true) is the one that templates name arguments of
    filter.arguments().names().values().forEach(named -> arguments.add(value(named, scope)));
    return Builtins.filter(filter.name(), value(filter.of(), scope), arguments);
  }

  private Object unary(Expression.Unary unary, Scope scope) {
    Object value = value(unary.of(), scope);
    return switch (unary.operator()) {
      case "not" -> !Values.truth(value);
      case "-" -> Values.arithmetic("-", 0L, value);
      default -> value;
    };
  }

  private Object binary(Expression.Binary binary, Scope scope) {
    Object left = value(binary.left(), scope);
    Supplier<Object> right = () -> value(binary.right(), scope);
    return switch (binary.operator()) {
      case "and" -> Values.truth(left) ? right.get() : left;
      case "or" -> Values.truth(left) ? left : right.get();
      case "==" -> Values.equal(left, right.get());
      case "!=" -> !Values.equal(left, right.get());
      case "<" -> Values.compare(left, right.get()) < 0;
      case ">" -> Values.compare(left, right.get()) > 0;
      case "<=" -> Values.compare(left, right.get()) <= 0;
      case ">=" -> Values.compare(left, right.get()) >= 0;
      case "in" -> Values.contains(right.get(), left);
      case "not in" -> !Values.contains(right.get(), left);
      case "~" -> Values.text(left) + Values.text(right.get());
      default -> Values.arithmetic(binary.operator(), left, right.get());
    };
  }

  private Object slice(Expression.Slice slice, Scope scope) {
    Object of = value(slice.of(), scope);
    List<Object> items = Values.items(of);
    int step = bound(slice.step(), 1, scope);
    if (step == 0) {
      throw new Values.Refused("found a slice of step 0");
    }
    int size = items.size();
    int from = place(bound(slice.from(), step > 0 ? 0 : size, scope), size, step);
    int to =
        slice.to().isEmpty() && step < 0 ? -1 : place(bound(slice.to(), size, scope), size, step);
    List<Object> taken = new ArrayList<>();
    for (long i = from; step > 0 ? i < to : i > to; i += step) {
      taken.add(items.get((int) i));
    }
    return of instanceof String
        ? String.join("", taken.stream().map(Values::text).toList())
        : taken;
  }

  private int bound(Optional<Expression> bound, int absent, Scope scope) {
    return bound
        .map(expression -> value(expression, scope))
        .filter(value -> value != Values.Nothing.NONE)
        .map(Values::index)
        .orElse(absent);
  }

  /** As Python counts: from the end where negative, and never outside. */
  private static int place(int index, int size, int step) {
    int place = index < 0 ? index + size : index;
    return step > 0 ? Math.max(0, Math.min(size, place)) : Math.max(-1, Math.min(size - 1, place));
  }

  private Object call(Expression.Call call, Scope scope) {
    List<Object> places = values(call.arguments().places(), scope);
    Map<String, Object> names = new LinkedHashMap<>();
    call.arguments().names().forEach((name, argument) -> names.put(name, value(argument, scope)));
    if (call.callee() instanceof Expression.Attribute attribute) {
      Object of = value(attribute.of(), scope);
      return Values.item(of, attribute.name()) instanceof Values.Function function
          ? function.call(places, names)
          : Builtins.method(of, attribute.name(), places);
    }
    Object callee = value(call.callee(), scope);
    if (callee instanceof Values.Function function) {
      return function.call(places, names);
    }
    if (callee instanceof Values.Undefined unknown) {
      throw new Values.Refused(
          "the function '%s' is not known to this renderer".formatted(unknown.name()));
    }
    throw new Values.Refused(Values.named(callee) + " cannot be called");
  }
}

package org.continuo.checkpoints.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs statements. */
final class Execution {
  private final Budget budget;
  private final Evaluation evaluation;

  Execution(Budget budget) {
    this.budget = budget;
    this.evaluation = new Evaluation(budget);
  }

  /** How a loop is to go on if the statements said so. */
  Optional<Statement.Jump> run(List<Statement> statements, Scope scope, StringBuilder out) {
    for (Statement statement : statements) {
      Optional<Statement.Jump> jump = run(statement, scope, out);
      if (jump.isPresent()) {
        return jump;
      }
    }
    return Optional.empty();
  }

  private Optional<Statement.Jump> run(Statement statement, Scope scope, StringBuilder out) {
    if (statement instanceof Statement.Jump jump) {
      return Optional.of(jump);
    }
    if (statement instanceof Statement.If choice) {
      for (Statement.Branch branch : choice.branches()) {
        if (Values.truth(evaluation.value(branch.condition(), scope))) {
          return run(branch.body(), scope, out);
        }
      }
      return run(choice.otherwise(), scope, out);
    }
    if (statement instanceof Statement.Data data) {
      out.append(data.text());
    } else if (statement instanceof Statement.Output output) {
      write(output.value(), scope, out);
    } else if (statement instanceof Statement.For loop) {
      loop(loop, scope, out);
    } else if (statement instanceof Statement.Assignment assignment) {
      assign(
          assignment.targets(),
          evaluation.value(assignment.value(), scope),
          assignment.value().line(),
          scope);
    } else if (statement instanceof Statement.AttributeAssignment assignment) {
      assign(assignment, scope);
    } else if (statement instanceof Statement.Capture capture) {
      StringBuilder captured = new StringBuilder();
      run(capture.body(), scope, captured);
      scope.set(capture.target(), captured.toString());
    } else if (statement instanceof Statement.Macro macro) {
      scope.set(
          macro.name(), (Values.Function) (places, names) -> call(macro, scope, places, names));
    }
    return Optional.empty();
  }

  private void write(Expression expression, Scope scope, StringBuilder out) {
    Object value = evaluation.value(expression, scope);
    try {
      out.append(Values.text(value));
      budget.length(out.length(), expression.line());
    } catch (Values.Refused e) {
      throw new JinjaException(expression.line(), e.getMessage());
    }
  }

  private void loop(Statement.For loop, Scope scope, StringBuilder out) {
    List<Object> items = new ArrayList<>();
    for (Object item : items(loop.items(), scope)) {
      budget.step(loop.items().line());
      Scope inner = scope.inner();
      assign(loop.targets(), item, loop.items().line(), inner);
      if (loop.condition().isEmpty()
          || Values.truth(evaluation.value(loop.condition().get(), inner))) {
        items.add(item);
      }
    }
    if (items.isEmpty()) {
      run(loop.otherwise(), scope, out);
    }
    for (int i = 0; i < items.size(); i++) {
      Scope inner = scope.inner();
      inner.set("loop", position(items, i));
      assign(loop.targets(), items.get(i), loop.items().line(), inner);
      Optional<Statement.Jump> jump = run(loop.body(), inner, out);
      if (jump.filter(Statement.Jump.BREAK::equals).isPresent()) {
        break;
      }
    }
  }

  private List<Object> items(Expression expression, Scope scope) {
    Object value = evaluation.value(expression, scope);
    try {
      return Values.items(value);
    } catch (Values.Refused e) {
      throw new JinjaException(expression.line(), e.getMessage());
    }
  }

  private static Map<String, Object> position(List<Object> items, int i) {
    Map<String, Object> loop = new LinkedHashMap<>();
    int size = items.size();
    loop.put("index", i + 1L);
    loop.put("index0", (long) i);
    loop.put("revindex", (long) size - i);
    loop.put("revindex0", size - i - 1L);
    loop.put("first", i == 0);
    loop.put("last", i == size - 1);
    loop.put("length", (long) size);
    if (i > 0) {
      loop.put("previtem", items.get(i - 1));
    }
    if (i < size - 1) {
      loop.put("nextitem", items.get(i + 1));
    }
    return loop;
  }

  private static void assign(List<String> targets, Object value, int line, Scope scope) {
    if (targets.size() == 1) {
      scope.set(targets.get(0), value);
      return;
    }
    List<?> parts = value instanceof List<?> list ? list : List.of(value);
    if (parts.size() != targets.size()) {
      throw new JinjaException(
          line, "found %d values for the names %s".formatted(parts.size(), targets));
    }
    for (int i = 0; i < parts.size(); i++) {
      scope.set(targets.get(i), parts.get(i));
    }
  }

  @SuppressWarnings("unchecked") // namespaces are made by the renderer, with names as keys
  private void assign(Statement.AttributeAssignment assignment, Scope scope) {
    if (!(scope.get(assignment.of()) instanceof Map<?, ?> namespace)) {
      throw new JinjaException(
          assignment.line(), "'%s' is no namespace".formatted(assignment.of()));
    }
    ((Map<String, Object>) namespace)
        .put(assignment.attribute(), evaluation.value(assignment.value(), scope));
  }

  private Object call(
      Statement.Macro macro, Scope defined, List<Object> places, Map<String, Object> names) {
    budget.enter(macro.line());
    Scope inner = defined.inner();
    for (int i = 0; i < macro.parameters().size(); i++) {
      String parameter = macro.parameters().get(i);
      Object value =
          i < places.size()
              ? places.get(i)
              : names.containsKey(parameter)
                  ? names.get(parameter)
                  : macro.defaults().containsKey(parameter)
                      ? evaluation.value(macro.defaults().get(parameter), inner)
                      : new Values.Undefined(parameter);
      inner.set(parameter, value);
    }
    StringBuilder out = new StringBuilder();
    run(macro.body(), inner, out);
    budget.leave();
    return out.toString();
  }
}

package org.continuo.checkpoints.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What writes, or decides what is written. */
sealed interface Statement {

  record Data(String text) implements Statement {}

  record Output(Expression value) implements Statement {}

  record If(List<Branch> branches, List<Statement> otherwise) implements Statement {}

  record Branch(Expression condition, List<Statement> body) {}

  record For(
      List<String> targets,
      Expression items,
      Optional<Expression> condition,
      List<Statement> body,
      List<Statement> otherwise)
      implements Statement {}

  record Assignment(List<String> targets, Expression value) implements Statement {}

  /** An attribute of a namespace. */
  record AttributeAssignment(String of, String attribute, Expression value, int line)
      implements Statement {}

  record Capture(String target, List<Statement> body) implements Statement {}

  record Macro(
      String name,
      List<String> parameters,
      Map<String, Expression> defaults,
      List<Statement> body,
      int line)
      implements Statement {}

  /** Out of a loop, or to its next item. */
  enum Jump implements Statement {
    BREAK,
    CONTINUE
  }
}

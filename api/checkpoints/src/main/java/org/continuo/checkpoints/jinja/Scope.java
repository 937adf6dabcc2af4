package org.continuo.checkpoints.jinja;

import java.util.HashMap;
import java.util.Map;

/** Names and what they stand for; a loop and a macro have scopes of their own. */
final class Scope {
  private final Map<String, Object> own = new HashMap<>();
  private final Scope outer;

  /** The outermost. */
  Scope(Map<String, Object> names) {
    own.putAll(names);
    outer = this;
  }

  private Scope(Scope outer) {
    this.outer = outer;
  }

  Scope inner() {
    return new Scope(this);
  }

  void set(String name, Object value) {
    own.put(name, value);
  }

  Object get(String name) {
    for (Scope scope = this; ; scope = scope.outer) {
      Object found = scope.own.get(name);
      if (found != null) {
        return found;
      }
      if (scope.outer == scope) {
        return new Values.Undefined(name);
      }
    }
  }
}

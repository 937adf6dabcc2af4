package org.continuo.checkpoints.jinja;

import org.continuo.api.plugin.Stability;

/** A template cannot be read or rendered: where, and why. */
@Stability(Stability.Level.EVOLVING)
public final class JinjaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JinjaException(int line, String problem) {
    super("line %d: %s".formatted(line, problem));
  }
}

package org.continuo.core.plugin;

import java.util.Optional;
import java.util.ServiceConfigurationError;

/** Why a plugin or its folder is left out: what was found, what is expected; how to fix it. */
final class Unusable extends Exception {
  private static final long serialVersionUID = 1L;

  Unusable(String reason) {
    super(reason);
  }

  /** What a plugin threw. */
  static Unusable of(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = Optional.ofNullable(root.getMessage()).orElse("");
    String text =
        root instanceof ServiceConfigurationError
            ? message
            : root.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
    return new Unusable(
        text
            + (root instanceof LinkageError
                ? "; it may be built against another version: update the module"
                : "; update the module or remove it"));
  }
}

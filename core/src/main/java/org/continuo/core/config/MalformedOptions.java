package org.continuo.core.config;

/** A record of options that breaks the rules: for its author to mend, not for the user. */
final class MalformedOptions extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedOptions(Class<?> type, String what) {
    super(
        "the options "
            + type.getName()
            + (type.getModule().isNamed() ? " of module " + type.getModule().getName() : "")
            + " cannot be used: "
            + what);
  }
}

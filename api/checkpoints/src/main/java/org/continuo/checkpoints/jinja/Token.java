package org.continuo.checkpoints.jinja;

/**
 * One token of a template.
 *
 * @param text as written; of a string, what it stands for
 */
record Token(Kind kind, String text, int line) {
  /** What a token is. */
  enum Kind {
    DATA,
    OUTPUT_BEGIN,
    OUTPUT_END,
    TAG_BEGIN,
    TAG_END,
    NAME,
    STRING,
    INTEGER,
    FLOAT,
    OPERATOR,
    END
  }

  boolean is(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  boolean named(String name) {
    return kind == Kind.NAME && text.equals(name);
  }
}

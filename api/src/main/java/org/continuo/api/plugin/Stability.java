package org.continuo.api.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How far a type may change under those who use it; every public type of the api says so. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Stability(Stability.Level.STABLE)
public @interface Stability {
  Level value();

  /** What an author may count on. */
  enum Level {
    /** Code that uses it works until the next major version; before 1.0: the next minor one. */
    STABLE,
    /** May change with any version, which then tells what changed. */
    EVOLVING
  }
}

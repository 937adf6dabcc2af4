package org.continuo.api.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one option, on the record component that holds it: the only place where it is written.
 * The component {@code learningRate} is the option {@code learning-rate}.
 *
 * <p>Component types: {@code int}, {@code long}, {@code double}, {@code boolean}, {@code String},
 * {@code java.nio.file.Path}, {@link org.continuo.api.model.ModelLocation}, an enum (constants in
 * lower case with hyphens), {@code Optional} of those, {@code List} and {@code Map<String, ..>} of
 * any, another record (a nested block), and a plugin kind (a block with {@code type}).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@Stability(Stability.Level.STABLE)
public @interface Option {
  /** Marks an option that has no default: the file must set it. */
  String REQUIRED = "\0required";

  /** One line, without the unit. */
  String doc();

  /**
   * The default in the syntax of the experiment file. Left out: the empty list, map, block or
   * {@code Optional} for those types, the preferred plugin for a kind; any other type must be set.
   */
  String value() default REQUIRED;

  /** Smallest allowed number, for lists of numbers and sizes too. */
  double min() default Double.NEGATIVE_INFINITY;

  /** Largest allowed number. */
  double max() default Double.POSITIVE_INFINITY;

  /**
   * Unit of the value ({@code tokens}, {@code examples}, {@code seconds}); empty if it has none.
   */
  String unit() default "";

  /** Allowed strings; empty if any is. Enums need not repeat theirs. */
  String[] choices() default {};
}

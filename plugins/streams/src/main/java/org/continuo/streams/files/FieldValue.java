package org.continuo.streams.files;

/** What a field of a record holds. */
sealed interface FieldValue {
  /** A text, or a number or a truth value as it is written. */
  record Single(String text) implements FieldValue {}

  /**
   * Nothing that could be read as a text.
   *
   * @param found what it is: {@code null}, {@code an array of 2}, {@code an object}
   * @param remedy what to do about it
   */
  record Other(String found, String remedy) implements FieldValue {}
}

package org.continuo.core.config;

import com.typesafe.config.ConfigValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.continuo.core.plugin.Kind;

/** The types an option may have. */
sealed interface OptionType {
  /** For tables: {@code list of int}. */
  String label();

  /** For messages: {@code a list}. */
  String expected();

  /** For messages: how to write one, {@code write [value, ...]}. */
  String remedy();

  /**
   * One value that is written as text.
   *
   * @param choices the allowed texts; empty if there are too many to list
   * @param numeric true if a range applies
   * @param read gives the value, or throws {@link IllegalArgumentException} saying what is expected
   * @param write gives it back as a string, number or boolean
   */
  record Scalar(
      String label,
      String expected,
      String remedy,
      List<String> choices,
      boolean numeric,
      Function<String, Object> read,
      Function<Object, Object> write)
      implements OptionType {}

  /**
   * A value or nothing.
   *
   * @param wrap makes {@code Optional}, {@code OptionalInt} and so on
   */
  record Maybe(OptionType element, Function<Optional<Object>, Object> wrap) implements OptionType {
    @Override
    public String label() {
      return element.label();
    }

    @Override
    public String expected() {
      return element.expected();
    }

    @Override
    public String remedy() {
      return element.remedy();
    }
  }

  /** Values in order. */
  record Sequence(OptionType element) implements OptionType {
    @Override
    public String label() {
      return "list of " + element.label();
    }

    @Override
    public String expected() {
      return "a list";
    }

    @Override
    public String remedy() {
      return "write [value, ...]";
    }
  }

  /** Values by name. */
  record Dictionary(OptionType element) implements OptionType {
    @Override
    public String label() {
      return "map to " + element.label();
    }

    @Override
    public String expected() {
      return "a block";
    }

    @Override
    public String remedy() {
      return "write { name = value, ... }";
    }
  }

  /** Options inside options. */
  record Block(Class<? extends Record> type) implements OptionType {
    @Override
    public String label() {
      return "block";
    }

    @Override
    public String expected() {
      return "a block";
    }

    @Override
    public String remedy() {
      return "write { option = value, ... }";
    }
  }

  /** A plugin and its options. */
  record Part(Kind kind) implements OptionType {
    @Override
    public String label() {
      return kind.label();
    }

    @Override
    public String expected() {
      return "a plugin of kind " + kind.label();
    }

    @Override
    public String remedy() {
      return "write its id, or { type = id, option = value, ... }";
    }
  }

  /** Part of a file as it was written, to be bound later; for options of the host itself. */
  record Verbatim() implements OptionType {
    @Override
    public String label() {
      return "any";
    }

    @Override
    public String expected() {
      return "a value";
    }

    @Override
    public String remedy() {
      return "write a value";
    }
  }

  /** The type of a record component; empty if no option can have it. */
  static Optional<OptionType> of(Type type) {
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic);
    }
    return type instanceof Class<?> plain ? ofClass(plain) : Optional.empty();
  }

  private static Optional<OptionType> ofGeneric(ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      return of(arguments[0]).map(element -> new Maybe(element, value -> value));
    }
    if (type.getRawType() == List.class) {
      return of(arguments[0]).map(Sequence::new);
    }
    if (type.getRawType() == Map.class && arguments[0] == String.class) {
      return of(arguments[1]).map(Dictionary::new);
    }
    return Optional.empty();
  }

  private static Optional<OptionType> ofClass(Class<?> type) {
    if (type == OptionalInt.class) {
      return Optional.of(
          new Maybe(
              Scalars.INT,
              value -> value.map(v -> OptionalInt.of((Integer) v)).orElseGet(OptionalInt::empty)));
    }
    if (type == OptionalLong.class) {
      return Optional.of(
          new Maybe(
              Scalars.LONG,
              value -> value.map(v -> OptionalLong.of((Long) v)).orElseGet(OptionalLong::empty)));
    }
    if (type == OptionalDouble.class) {
      return Optional.of(
          new Maybe(
              Scalars.DOUBLE,
              value ->
                  value.map(v -> OptionalDouble.of((Double) v)).orElseGet(OptionalDouble::empty)));
    }
    if (Scalars.BY_CLASS.containsKey(type)) {
      return Optional.of(Scalars.BY_CLASS.get(type));
    }
    if (type == ConfigValue.class) {
      return Optional.of(new Verbatim());
    }
    if (type.isRecord()) {
      return Optional.of(new Block(type.asSubclass(Record.class)));
    }
    if (Kind.isKind(type)) {
      return Optional.of(new Part(new Kind(type)));
    }
    if (type.isEnum()) {
      return Optional.of(
          Scalars.constantOf(
              Arrays.stream(type.getEnumConstants())
                  .<Enum<?>>map(constant -> (Enum<?>) constant)
                  .toList()));
    }
    return Optional.empty();
  }

  /** What {@link #of} knows, for messages. */
  String KNOWN =
      "int, long, double, boolean, String, Path, ModelLocation, an enum, Optional, OptionalInt,"
          + " OptionalLong, OptionalDouble, List, Map<String, ..>, a record or a plugin kind";
}

package org.continuo.core.config;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.continuo.api.model.ModelLocation;
import org.continuo.core.config.OptionType.Scalar;
import org.continuo.core.files.FileName;

/** How single values are read and written. */
final class Scalars {
  static final Scalar INT =
      number(
          "int", "a whole number", text -> (int) whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE));

  static final Scalar LONG =
      number("long", "a whole number", text -> whole(text, Long.MIN_VALUE, Long.MAX_VALUE));

  static final Scalar DOUBLE = number("double", "a number", Scalars::decimal);

  static final Scalar BOOLEAN =
      new Scalar(
          "boolean",
          "true or false",
          "write one of the two",
          List.of(),
          false,
          Scalars::truth,
          value -> value);

  private static final Scalar STRING =
      new Scalar(
          "string",
          "a text",
          "write a text, in double quotes if it holds special characters",
          List.of(),
          false,
          text -> text,
          value -> value);

  /** What becomes the name of a folder. */
  private static final Scalar FILE_NAME =
      new Scalar(
          "name",
          "a name for a folder",
          "choose another name",
          List.of(),
          false,
          FileName::new,
          Object::toString);

  private static final Scalar PATH =
      new Scalar(
          "path",
          "a path",
          "write a path, in double quotes if it holds special characters",
          List.of(),
          false,
          Scalars::path,
          Object::toString);

  private static final Scalar MODEL_LOCATION =
      new Scalar(
          "path or hub:name",
          "a path or HUB:NAME",
          "write a path, in double quotes if it holds special characters",
          List.of(),
          false,
          ModelLocation::new,
          Object::toString);

  /** What takes any text, as far as its form goes. */
  static final Set<Scalar> TEXTS = Set.of(STRING, FILE_NAME, PATH, MODEL_LOCATION);

  static final Map<Class<?>, Scalar> BY_CLASS =
      Map.ofEntries(
          Map.entry(int.class, INT),
          Map.entry(Integer.class, INT),
          Map.entry(long.class, LONG),
          Map.entry(Long.class, LONG),
          Map.entry(double.class, DOUBLE),
          Map.entry(Double.class, DOUBLE),
          Map.entry(boolean.class, BOOLEAN),
          Map.entry(Boolean.class, BOOLEAN),
          Map.entry(String.class, STRING),
          Map.entry(FileName.class, FILE_NAME),
          Map.entry(Path.class, PATH),
          Map.entry(ModelLocation.class, MODEL_LOCATION));

  private Scalars() {}

  static Scalar constantOf(List<Enum<?>> constants) {
    Map<String, Object> byName =
        constants.stream().collect(Collectors.toMap(Names::ofConstant, constant -> constant));
    List<String> names = constants.stream().map(Names::ofConstant).toList();
    return new Scalar(
        "choice",
        "one of " + String.join(", ", names),
        "write one of these",
        names,
        false,
        byName::get,
        value -> Names.ofConstant((Enum<?>) value));
  }

  private static Scalar number(String label, String expected, Function<String, Object> read) {
    return new Scalar(
        label,
        expected,
        "write the number alone, without a unit",
        List.of(),
        true,
        read,
        value -> value);
  }

  private static long whole(String text, long smallest, long largest) {
    BigDecimal number = exact(text, "a whole number");
    if (number.compareTo(BigDecimal.valueOf(smallest)) < 0
        || number.compareTo(BigDecimal.valueOf(largest)) > 0) {
      throw new IllegalArgumentException("a whole number between " + smallest + " and " + largest);
    }
    if (number.signum() != 0 && number.stripTrailingZeros().scale() > 0) {
      throw new IllegalArgumentException("a whole number");
    }
    return number.longValue();
  }

  private static double decimal(String text) {
    exact(text, "a number");
    double value = Double.parseDouble(text.strip());
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("a number that fits a double (up to 1.8e308)");
    }
    // HOCON has no negative zero, and what a run writes must read back as the same value
    return value + 0.0;
  }

  private static boolean truth(String text) {
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw new IllegalArgumentException("true or false");
  }

  private static BigDecimal exact(String text, String expected) {
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(expected, e);
    }
  }

  private static Path path(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a path");
    }
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "a path that this machine can name (" + e.getReason() + ")", e);
    }
  }
}

package org.continuo.checkpoints.gguf;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.continuo.checkpoints.Problems;

/** The keys of a file; what does not fit is reported and answered with what an absent key means. */
final class Metadata {
  private static final int SHOWN = 100;

  private final Path file;
  private final Map<String, Object> values;
  private final Problems problems;

  Metadata(Path file, Map<String, Object> values, Problems problems) {
    this.file = file;
    this.values = values;
    this.problems = problems;
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  Optional<String> text(String key) {
    return value(key, String.class, "a text");
  }

  boolean flag(String key, boolean unset) {
    return value(key, Boolean.class, "true or false").orElse(unset);
  }

  /** A whole number of at least 1; reports it if it is not set, and answers 1 then. */
  int count(String key) {
    if (!has(key)) {
      missing(key, "a whole number of at least 1");
    }
    return count(key, 1);
  }

  int count(String key, int unset) {
    OptionalInt found = whole(key, 1);
    return found.isPresent() ? found.getAsInt() : unset;
  }

  /** A whole number from 0 on, as tokens have. */
  OptionalInt number(String key) {
    return whole(key, 0);
  }

  private OptionalInt whole(String key, int least) {
    if (!has(key)) {
      return OptionalInt.empty();
    }
    if (values.get(key) instanceof Long number && number >= least && number <= Integer.MAX_VALUE) {
      return OptionalInt.of(number.intValue());
    }
    mismatch(key, "a whole number of at least " + least);
    return OptionalInt.empty();
  }

  Optional<Double> positive(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    double number = values.get(key) instanceof Number is ? is.doubleValue() : -1;
    if (number > 0 && number < Double.POSITIVE_INFINITY) {
      return Optional.of(number);
    }
    mismatch(key, "a number above 0");
    return Optional.empty();
  }

  /** None if the key is not set. */
  <T> List<T> list(String key, Class<T> element, String expected) {
    List<?> found = value(key, List.class, expected).orElse(List.of());
    if (found.stream().allMatch(element::isInstance)) {
      return found.stream().map(element::cast).toList();
    }
    mismatch(key, expected);
    return List.of();
  }

  private <T> Optional<T> value(String key, Class<T> type, String expected) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (type.isInstance(values.get(key))) {
      return Optional.of(type.cast(values.get(key)));
    }
    mismatch(key, expected);
    return Optional.empty();
  }

  void missing(String key, String expected) {
    problem(key, "is missing, expected " + expected);
  }

  void mismatch(String key, String expected) {
    String found =
        values.get(key) instanceof List<?> list
            ? "a list of " + list.size()
            : String.valueOf(values.get(key));
    problem(
        key,
        "found %s, expected %s"
            .formatted(found.substring(0, Math.min(found.length(), SHOWN)), expected));
  }

  void problem(String key, String text) {
    problems.add(file, "key '%s': %s".formatted(key, text));
  }
}

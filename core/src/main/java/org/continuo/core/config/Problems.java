package org.continuo.core.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Collects what is wrong, to be told at once and in the order of the file. */
final class Problems {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private record Problem(Location location, String text) {}

  private final List<Problem> problems = new ArrayList<>();

  void add(Location location, String text) {
    problems.add(new Problem(location, text));
  }

  void add(Place place, String text) {
    add(place.location(), place.path() + ": " + text);
  }

  /**
   * @throws InvalidInput with all of them, if there are any
   */
  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new InvalidInput(texts());
    }
  }

  /** All of them in the order of the file, each once and in one line, whatever a file holds. */
  List<String> texts() {
    Stream<Problem> sorted = problems.stream().sorted(Comparator.comparing(Problem::location));
    return sorted.map(p -> visible(p.location() + ": " + p.text())).distinct().toList();
  }

  private static String visible(String text) {
    return CONTROL
        .matcher(text)
        .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
  }
}

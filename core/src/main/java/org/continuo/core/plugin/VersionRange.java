package org.continuo.core.plugin;

import java.lang.module.ModuleDescriptor.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Versions between two, as {@code [1.2,2)}: a square bracket takes its end in, a round one leaves
 * it out. Only the numbers of a version count: {@code 1.2.0-SNAPSHOT} is 1.2.
 *
 * @param text as it is written
 * @param below the end left out; empty: every later version will do
 */
record VersionRange(
    String text, List<Integer> from, boolean withFrom, List<Integer> below, boolean withBelow) {
  private static final String NUMBERS = "[0-9]+(?:\\.[0-9]+)*";
  private static final Pattern RANGE =
      Pattern.compile("([\\[(])\\s*(" + NUMBERS + ")?\\s*,\\s*(" + NUMBERS + ")?\\s*([])])");
  private static final Pattern LEADING = Pattern.compile(NUMBERS);

  static final VersionRange ANY = new VersionRange("any version", List.of(), true, List.of(), true);

  VersionRange {
    from = List.copyOf(from);
    below = List.copyOf(below);
  }

  /**
   * @throws IllegalArgumentException if it is neither a range nor a version, which stands for all
   *     that are compatible with it
   */
  static VersionRange parse(String text) {
    String stripped = text.strip();
    Matcher range = RANGE.matcher(stripped);
    if (range.matches()) {
      return new VersionRange(
          stripped,
          range.group(2) == null ? List.of() : numbers(range.group(2)),
          range.group(1).equals("["),
          range.group(3) == null ? List.of() : numbers(range.group(3)),
          range.group(4).equals("]"));
    }
    if (stripped.matches(NUMBERS)) {
      return compatibleWith(stripped);
    }
    throw new IllegalArgumentException(
        "found the version range '" + stripped + "', expected one such as [1.2,2) or 1.2");
  }

  /**
   * From the version something was built against to the next that may break it: the next major one,
   * or before 1.0 the next minor one.
   */
  static VersionRange compatibleWith(String version) {
    List<Integer> from = numbers(version);
    int major = from.isEmpty() ? 0 : from.get(0);
    List<Integer> below =
        major > 0 ? List.of(major + 1) : List.of(0, (from.size() < 2 ? 0 : from.get(1)) + 1);
    String text = "[" + words(from) + "," + words(below) + ")";
    return new VersionRange(text, from, true, below, false);
  }

  boolean contains(Version version) {
    List<Integer> numbers = numbers(version.toString());
    int fromLow = from.isEmpty() ? 1 : compare(numbers, from);
    int toHigh = below.isEmpty() ? -1 : compare(numbers, below);
    return (fromLow > 0 || (fromLow == 0 && withFrom))
        && (toHigh < 0 || (toHigh == 0 && withBelow));
  }

  @Override
  public String toString() {
    return text;
  }

  private static List<Integer> numbers(String version) {
    Matcher leading = LEADING.matcher(version);
    return leading.lookingAt()
        ? Arrays.stream(leading.group().split("\\.")).map(Integer::valueOf).toList()
        : List.of();
  }

  private static String words(List<Integer> numbers) {
    List<String> words = new ArrayList<>(numbers.stream().map(String::valueOf).toList());
    return words.isEmpty() ? "0" : String.join(".", words);
  }

  private static int compare(List<Integer> a, List<Integer> b) {
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      int left = i < a.size() ? a.get(i) : 0;
      int right = i < b.size() ? b.get(i) : 0;
      if (left != right) {
        return Integer.compare(left, right);
      }
    }
    return 0;
  }
}

package org.continuo.core.plugin;

import java.lang.module.ModuleDescriptor.Version;
import java.math.BigInteger;
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
    String text,
    List<BigInteger> from,
    boolean withFrom,
    List<BigInteger> below,
    boolean withBelow) {
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
    List<BigInteger> from = numbers(version);
    BigInteger major = number(from, 0);
    List<BigInteger> below =
        major.signum() > 0
            ? List.of(major.add(BigInteger.ONE))
            : List.of(BigInteger.ZERO, number(from, 1).add(BigInteger.ONE));
    String text = "[" + words(from) + "," + words(below) + ")";
    return new VersionRange(text, from, true, below, false);
  }

  boolean contains(Version version) {
    List<BigInteger> numbers = numbers(version.toString());
    int fromLow = from.isEmpty() ? 1 : compare(numbers, from);
    int toHigh = below.isEmpty() ? -1 : compare(numbers, below);
    return (fromLow > 0 || (fromLow == 0 && withFrom))
        && (toHigh < 0 || (toHigh == 0 && withBelow));
  }

  @Override
  public String toString() {
    return text;
  }

  private static List<BigInteger> numbers(String version) {
    Matcher leading = LEADING.matcher(version);
    return leading.lookingAt()
        ? Arrays.stream(leading.group().split("\\.")).map(BigInteger::new).toList()
        : List.of();
  }

  private static String words(List<BigInteger> numbers) {
    List<String> words = new ArrayList<>(numbers.stream().map(String::valueOf).toList());
    return words.isEmpty() ? "0" : String.join(".", words);
  }

  private static int compare(List<BigInteger> a, List<BigInteger> b) {
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      int order = number(a, i).compareTo(number(b, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** 1.2 is 1.2.0. */
  private static BigInteger number(List<BigInteger> numbers, int place) {
    return place < numbers.size() ? numbers.get(place) : BigInteger.ZERO;
  }
}

package org.continuo.core.plugin;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers of a version of the api: {@code 1.2-SNAPSHOT} is 1.2.0. */
record ApiVersion(int major, int minor, int patch) {
  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9}))?(?:\\.(\\d{1,9}))?.*");

  /** Empty if {@code version} does not begin with a number. */
  static Optional<ApiVersion> parse(String version) {
    Matcher numbers = NUMBERS.matcher(version);
    return numbers.matches()
        ? Optional.of(new ApiVersion(number(numbers, 1), number(numbers, 2), number(numbers, 3)))
        : Optional.empty();
  }

  private static int number(Matcher numbers, int group) {
    return numbers.group(group) == null ? 0 : Integer.parseInt(numbers.group(group));
  }

  /** Whether what was built with {@code other} runs with this: none of the two breaks between. */
  boolean runs(ApiVersion other) {
    boolean sameSeries = major == other.major && (major > 0 || minor == other.minor);
    boolean asNew = minor > other.minor || (minor == other.minor && patch >= other.patch);
    return sameSeries && asNew;
  }

  /** The first version that may break what was built with this one. */
  String next() {
    return major > 0 ? String.valueOf(major + 1) : "0." + (minor + 1);
  }
}

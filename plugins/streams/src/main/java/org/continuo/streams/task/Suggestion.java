package org.continuo.streams.task;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** The end of a message about a name that does not exist. */
public final class Suggestion {
  /** Below this two names are not the same one mistyped. */
  private static final double SIMILAR = 0.85;

  private static final int LISTED = 30;

  private Suggestion() {}

  /** "found 'x', available: a, b; did you mean 'a'?" */
  public static String unknown(String found, Collection<String> available) {
    return "found '%s', available: %s%s"
        .formatted(
            found,
            listed(available),
            closest(found, available).map(name -> "; did you mean '" + name + "'?").orElse(""));
  }

  /** The names, or the first of them and how many more there are. */
  public static String listed(Collection<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String first = String.join(", ", names.stream().limit(LISTED).toList());
    return names.size() <= LISTED ? first : first + " and " + (names.size() - LISTED) + " more";
  }

  private static Optional<String> closest(String found, Collection<String> available) {
    JaroWinklerSimilarity similarity = new JaroWinklerSimilarity();
    String lower = found.toLowerCase(Locale.ROOT);
    Comparator<String> bySimilarity =
        Comparator.comparingDouble(name -> similarity.apply(lower, name.toLowerCase(Locale.ROOT)));
    return available.stream()
        .max(bySimilarity)
        .filter(name -> similarity.apply(lower, name.toLowerCase(Locale.ROOT)) >= SIMILAR);
  }
}

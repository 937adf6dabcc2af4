package org.continuo.core.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Names as a file spells them. */
final class Names {
  /** Below this two words are not the same one mistyped. */
  private static final double SIMILAR = 0.85;

  private Names() {}

  /** {@code learningRate} is {@code learning-rate}. */
  static String ofComponent(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** {@code LAST_TOKEN} is {@code last-token}. */
  static String ofConstant(Enum<?> constant) {
    return constant.name().replace('_', '-').toLowerCase(Locale.ROOT);
  }

  /** "found 'x', available: a, b; did you mean 'a'?", for the end of a message. */
  static String unknown(String found, Collection<String> available) {
    return unknown(
        found, available, available.isEmpty() ? "remove it" : "use one of these or remove it");
  }

  /**
   * @param remedy what to do if nothing available is close to what was found
   */
  static String unknown(String found, Collection<String> available, String remedy) {
    return "found '"
        + found
        + "', available: "
        + list(available)
        + "; "
        + closest(found, available).map(name -> "did you mean '" + name + "'?").orElse(remedy);
  }

  static String list(Collection<String> available) {
    return available.isEmpty() ? "none" : String.join(", ", available);
  }

  private static Optional<String> closest(String found, Collection<String> available) {
    JaroWinklerSimilarity similarity = new JaroWinklerSimilarity();
    String best = "";
    double score = SIMILAR;
    for (String name : available) {
      double s = similarity.apply(found.toLowerCase(Locale.ROOT), name);
      if (s >= score) {
        best = name;
        score = s;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }
}

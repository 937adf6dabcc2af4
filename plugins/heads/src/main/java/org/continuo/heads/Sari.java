package org.continuo.heads;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntBinaryOperator;

/**
 * SARI: how well an answer keeps, deletes and adds what the expected answer keeps, deletes and adds
 * of a source (Xu et al. 2016, Optimizing Statistical Machine Translation for Text Simplification,
 * section 4), against one expected answer, as {@code evaluate} of Hugging Face computes it, which
 * TRACE (arXiv 2310.06762) scores 20Minuten with: F1 of every length of n-grams before the mean
 * over lengths, 0/0 = 1, recall of what is kept over all occurrences.
 */
final class Sari {
  private static final int LONGEST = 4;

  private Sari() {}

  /**
   * @return in [0,1]
   */
  static double of(String source, String answer, String expected) {
    List<String> s = tokens(source);
    List<String> a = tokens(answer);
    List<String> e = tokens(expected);
    double sum = 0;
    for (int n = 1; n <= LONGEST; n++) {
      sum += mean(grams(s, n), grams(a, n), grams(e, n));
    }
    return sum / LONGEST;
  }

  private static double mean(
      Map<List<String>, Integer> source,
      Map<List<String>, Integer> answer,
      Map<List<String>, Integer> expected) {
    Map<List<String>, Integer> kept = combined(source, answer, Math::min);
    Map<List<String>, Integer> toKeep = combined(source, expected, Math::min);
    Map<List<String>, Integer> rightlyKept = combined(kept, expected, Math::min);
    double keep = harmonic(meanShare(rightlyKept, kept), share(total(rightlyKept), total(toKeep)));

    Map<List<String>, Integer> deleted = combined(source, answer, (x, y) -> x - y);
    double delete = meanShare(combined(deleted, expected, (x, y) -> x - y), deleted);

    Set<List<String>> added = without(answer.keySet(), source.keySet());
    Set<List<String>> toAdd = without(expected.keySet(), source.keySet());
    int wronglyAdded = without(added, toAdd).size();
    int rightlyAdded = added.size() - wronglyAdded;
    double add = harmonic(share(rightlyAdded, added.size()), share(rightlyAdded, toAdd.size()));
    return (keep + delete + add) / 3;
  }

  /** Counts of what occurs in {@code x}, those above 0. */
  private static Map<List<String>, Integer> combined(
      Map<List<String>, Integer> x, Map<List<String>, Integer> y, IntBinaryOperator count) {
    Map<List<String>, Integer> combined = new HashMap<>();
    x.forEach(
        (gram, times) -> {
          int left = count.applyAsInt(times, y.getOrDefault(gram, 0));
          if (left > 0) {
            combined.put(gram, left);
          }
        });
    return combined;
  }

  private static Set<List<String>> without(Set<List<String>> all, Set<List<String>> some) {
    Set<List<String>> rest = new HashSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  private static int total(Map<List<String>, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The share of its occurrences that are right, mean over n-grams. */
  private static double meanShare(
      Map<List<String>, Integer> right, Map<List<String>, Integer> all) {
    return all.entrySet().stream()
        .mapToDouble(gram -> share(right.getOrDefault(gram.getKey(), 0), gram.getValue()))
        .average()
        .orElse(1);
  }

  private static double share(int part, int whole) {
    return whole == 0 ? 1 : (double) part / whole;
  }

  private static double harmonic(double precision, double recall) {
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  private static Map<List<String>, Integer> grams(List<String> tokens, int length) {
    Map<List<String>, Integer> counts = new HashMap<>();
    for (int start = 0; start + length <= tokens.size(); start++) {
      counts.merge(tokens.subList(start, start + length), 1, Integer::sum);
    }
    return counts;
  }

  /** By the rules of NIST's mteval-v13a, in lower case. An empty text is one empty token. */
  static List<String> tokens(String text) {
    String line =
        text.toLowerCase(Locale.ROOT)
            .replace("<skipped>", "")
            .replace("-\n", "")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
            .replace("&lt;", "<")
            .replace("&gt;", ">");
    String spaced =
        (" " + line + " ")
            .replaceAll("[\\p{Punct}&&[^'.,-]]", " $0 ")
            .replaceAll("(\\D)([.,])", "$1 $2 ")
            .replaceAll("([.,])(\\D)", " $1 $2")
            .replaceAll("(\\d)-", "$1 - ");
    return Arrays.asList(spaced.strip().split("(?U)\\s+"));
  }
}

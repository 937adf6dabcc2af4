package org.continuo.heads;

import java.util.List;
import java.util.Locale;

/** Grades of a written answer against the expected one, in [0,1]. */
final class TextGrades {
  private TextGrades() {}

  /** 1 if both are equal in lower case, without punctuation, with single spaces; else 0. */
  static double exactMatch(String answer, String expected) {
    return words(answer).equals(words(expected)) ? 1 : 0;
  }

  /**
   * ROUGE-L F1 (Lin 2004, section 3): harmonic mean of precision and recall of the longest common
   * subsequence of words. Two empty texts are equal: 1.
   */
  static double rougeL(String answer, String expected) {
    List<String> a = words(answer);
    List<String> b = words(expected);
    if (a.isEmpty() || b.isEmpty()) {
      return a.equals(b) ? 1 : 0;
    }
    int common = longestCommonSubsequence(a, b);
    return common == 0 ? 0 : 2.0 * common / (a.size() + b.size());
  }

  private static int longestCommonSubsequence(List<String> a, List<String> b) {
    int[] row = new int[b.size() + 1];
    for (String word : a) {
      int diagonal = 0;
      for (int j = 1; j <= b.size(); j++) {
        int above = row[j];
        row[j] = word.equals(b.get(j - 1)) ? diagonal + 1 : Math.max(above, row[j - 1]);
        diagonal = above;
      }
    }
    return row[b.size()];
  }

  private static List<String> words(String text) {
    String plain =
        text.toLowerCase(Locale.ROOT).replaceAll("[\\p{Punct}]", " ").replaceAll("\\s+", " ");
    return plain.isBlank() ? List.of() : List.of(plain.strip().split(" "));
  }
}

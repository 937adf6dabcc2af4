package org.continuo.heads;

import java.util.List;
import java.util.Locale;

/** Grades of a written answer against the expected one, in [0,1]. */
final class TextGrades {
  private TextGrades() {}

  /**
   * ROUGE-L F1 (Lin 2004, section 3): harmonic mean of precision and recall of the longest common
   * subsequence of words, in lower case, without punctuation. Texts without a word are compared as
   * they stand: 1 if they are equal, else 0.
   */
  static double rougeL(String answer, String expected) {
    List<String> written = words(answer);
    List<String> wanted = words(expected);
    if (written.isEmpty() && wanted.isEmpty()) {
      return answer.strip().equals(expected.strip()) ? 1 : 0;
    }
    return commonShare(written, wanted);
  }

  /**
   * Edit similarity: {@code 1 - d / (|a| + |b|)} over characters, with d the fewest insertions and
   * deletions that make one text the other; a substitution counts as one of each. This is {@code
   * fuzz.ratio}, unrounded, by which CodeXGLUE (arXiv 2102.04664) and TRACE (arXiv 2310.06762)
   * score code completion on Py150. Two empty texts are equal: 1.
   */
  static double editSimilarity(String answer, String expected) {
    return commonShare(
        answer.codePoints().boxed().toList(), expected.codePoints().boxed().toList());
  }

  /** Twice the length of the longest common subsequence over the sum of both lengths. */
  private static double commonShare(List<?> a, List<?> b) {
    return a.isEmpty() && b.isEmpty()
        ? 1
        : 2.0 * longestCommonSubsequence(a, b) / (a.size() + b.size());
  }

  private static int longestCommonSubsequence(List<?> a, List<?> b) {
    int[] row = new int[b.size() + 1];
    for (Object part : a) {
      int diagonal = 0;
      for (int j = 1; j <= b.size(); j++) {
        int above = row[j];
        row[j] = part.equals(b.get(j - 1)) ? diagonal + 1 : Math.max(above, row[j - 1]);
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

package org.continuo.heads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TextGradesTest {
  @Test
  void exactMatchIgnoresCasePunctuationAndSpaces() {
    assertEquals(1, TextGrades.exactMatch("  The cat, sat. ", "the CAT sat"));
    assertEquals(0, TextGrades.exactMatch("the cat", "the cat sat"));
    assertEquals(1, TextGrades.exactMatch("...", ""));
  }

  @Test
  void rougeLIsTheHarmonicMeanOverTheLongestCommonSubsequence() {
    // common subsequence "police the gunman" (3); 4 and 4 words: Lin 2004, section 3.1, sentence 2
    assertEquals(
        0.75, TextGrades.rougeL("police kill the gunman", "police killed the gunman"), 1e-12);
    assertEquals(
        0.5, TextGrades.rougeL("the gunman kill police", "police killed the gunman"), 1e-12);
    assertEquals(0.8, TextGrades.rougeL("a b", "a b c"), 1e-12);
    assertEquals(0, TextGrades.rougeL("", "a"));
    assertEquals(1, TextGrades.rougeL("", "."));
  }
}

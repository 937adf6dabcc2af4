package org.continuo.heads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextGradesTest {
  @Test
  void rougeLIsTheHarmonicMeanOverTheLongestCommonSubsequence() {
    // common subsequence "police the gunman" (3); 4 and 4 words: Lin 2004, section 3.1, sentence 2
    assertEquals(
        0.75, TextGrades.rougeL("police kill the gunman", "police killed the gunman"), 1e-12);
    assertEquals(
        0.5, TextGrades.rougeL("the gunman kill police", "police killed the gunman"), 1e-12);
    assertEquals(0.8, TextGrades.rougeL("a b", "a b c"), 1e-12);
    assertEquals(0, TextGrades.rougeL("", "a"));
    assertEquals(0, TextGrades.rougeL("", "."));
    assertEquals(0, TextGrades.rougeL("+", "-"));
    assertEquals(1, TextGrades.rougeL(" :) ", ":)"));
  }

  @Test
  void editSimilarityCountsASubstitutionAsTwoEdits() {
    // kitten and sitting share "ittn": of 6 + 7 characters 2 + 3 go
    assertEquals(8.0 / 13, TextGrades.editSimilarity("kitten", "sitting"), 1e-12);
    assertEquals(0, TextGrades.editSimilarity("abc", "xyz"));
    assertEquals(0, TextGrades.editSimilarity("", "x"));
    assertEquals(1, TextGrades.editSimilarity("", ""));
    assertEquals(0.5, TextGrades.editSimilarity("A\uD83D\uDE00", "a\uD83D\uDE00"), 1e-12);
  }

  @Test
  void valuesOfTheReferencePrograms() throws IOException {
    int pairs = 0;
    for (String line : fixture()) {
      if (!line.startsWith("#")) {
        String[] row = line.split("\t", -1);
        double similarity = TextGrades.editSimilarity(row[1], row[2]);
        assertEquals(Double.parseDouble(row[3]), similarity, 1e-12, line);
        assertEquals(Double.parseDouble(row[4]), Sari.of(row[0], row[1], row[2]), 1e-12, line);
        pairs++;
      }
    }
    assertEquals(30, pairs);
  }

  private static List<String> fixture() throws IOException {
    try (InputStream in = TextGradesTest.class.getResourceAsStream("text-scores.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}

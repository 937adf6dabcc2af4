package org.continuo.backbone.pytorch.scratch.bpe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.continuo.api.data.DataException;
import org.junit.jupiter.api.Test;

class BytePairTrainerTest {
  private static final int BYTES = BytePairEncoding.SMALLEST_VOCABULARY;

  /**
   * {@code a a a b d a a a b a c}: (a,a) occurs 4 times and becomes aa: {@code aa a b d aa a b a
   * c}; then (a,b) and (aa,a) occur twice each, and "a" comes before "aa": {@code aa ab d aa ab a
   * c}; then (aa,ab) occurs twice: {@code aaab d aaab a c}; every other pair occurs once.
   */
  @Test
  void mergesOfATinyTextByHand() {
    assertEquals(
        List.of(new Merge("a", "a"), new Merge("a", "b"), new Merge("aa", "ab")),
        BytePairTrainer.train(List.of("aaabdaaabac"), BYTES + 3).merges());
  }

  /**
   * Words count as often as they occur, and the blank before a word belongs to it: (z,y) and (Ġ,z)
   * occur 3 times each, and "z" comes before "Ġ".
   */
  @Test
  void piecesAreCounted() {
    assertEquals(
        List.of(new Merge("z", "y"), new Merge("Ġ", "zy")),
        BytePairTrainer.train(List.of("qr zy zy", "qr zy"), BYTES + 2).merges());
  }

  @Test
  void tooLittleTextSaysWhatItGives() {
    assertEquals(
        "the tokenizer's text is too small: it gives 262 tokens, expected 300; give more text or"
            + " set vocabulary = 262",
        assertThrows(DataException.class, () -> BytePairTrainer.train(List.of("aaabdaaabac"), 300))
            .getMessage());
  }

  @Test
  void aVocabularyHoldsAtLeastTheBytes() {
    assertThrows(IllegalArgumentException.class, () -> BytePairTrainer.train(List.of("a"), 258));
  }

  @Test
  void theOrderOfTheTextsDoesNotMatter() {
    List<String> texts = new ArrayList<>(RandomTexts.words(400, new Random(5)));
    BytePairEncoding first = BytePairTrainer.train(texts, 600);
    Collections.shuffle(texts, new Random(6));
    assertEquals(first, BytePairTrainer.train(texts, 600));
    assertEquals(600, first.size());
  }

  /** Against counting all pairs anew for each merge. */
  @Test
  void updatedCountsGiveTheMergesOfFullCounts() {
    for (int seed = 0; seed < 20; seed++) {
      List<String> texts = RandomTexts.words(60, new Random(seed));
      List<Merge> merges = BytePairTrainer.train(texts, BYTES + 30).merges();
      assertEquals(slowly(texts, 30), merges);
    }
  }

  private static List<Merge> slowly(List<String> texts, int count) {
    List<Merge> merges = new ArrayList<>();
    while (merges.size() < count) {
      ReferenceEncoder encoder = new ReferenceEncoder(new BytePairEncoding(merges));
      Map<Merge, Integer> counts = new HashMap<>();
      for (String text : texts) {
        Pieces.of(text)
            .map(encoder::tokens)
            .forEach(
                tokens -> {
                  for (int i = 0; i + 1 < tokens.size(); i++) {
                    counts.merge(new Merge(tokens.get(i), tokens.get(i + 1)), 1, Integer::sum);
                  }
                });
      }
      int most = Collections.max(counts.values());
      merges.add(
          counts.keySet().stream()
              .filter(merge -> counts.get(merge) == most)
              .min(Comparator.comparing(Merge::left).thenComparing(Merge::right))
              .orElseThrow());
    }
    return merges;
  }

  @Test
  void aLargeTextTakesSeconds() {
    List<String> texts = RandomTexts.words(60_000, new Random(1));
    long start = System.nanoTime();
    assertEquals(2048, BytePairTrainer.train(texts, 2048).size());
    double seconds = (System.nanoTime() - start) / 1e9;
    assertTrue(seconds < 60, () -> seconds + " s");
  }
}

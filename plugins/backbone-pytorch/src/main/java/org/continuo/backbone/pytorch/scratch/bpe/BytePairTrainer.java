package org.continuo.backbone.pytorch.scratch.bpe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.continuo.api.data.DataException;

/**
 * Learns merges from texts. The same texts give the same merges, in whatever order they come:
 * equally frequent pairs are taken in the order of their byte symbols.
 */
public final class BytePairTrainer {
  /** A pair that occurs once teaches nothing. */
  private static final long RAREST = 2;

  private BytePairTrainer() {}

  /**
   * @param vocabulary tokens to end with, special ones and bytes included
   * @throws DataException if the texts do not hold enough different pairs for it
   */
  public static BytePairEncoding train(Iterable<String> texts, int vocabulary) {
    if (vocabulary < BytePairEncoding.SMALLEST_VOCABULARY) {
      throw new IllegalArgumentException(
          "a vocabulary of "
              + vocabulary
              + " tokens cannot hold the 256 bytes and 3 special tokens; expected at least "
              + BytePairEncoding.SMALLEST_VOCABULARY);
    }
    BytePairEncoding bytes = new BytePairEncoding(List.of());
    List<String> tokens = new ArrayList<>(bytes.vocabulary());
    PairCounts pairs = new PairCounts(tokens, words(texts, bytes.ids()));
    List<Merge> merges = new ArrayList<>();
    while (tokens.size() < vocabulary) {
      Optional<Long> best = pairs.best(RAREST);
      if (best.isEmpty()) {
        throw new DataException(
            "the tokenizer's text is too small: it gives "
                + tokens.size()
                + " tokens, expected "
                + vocabulary
                + "; give more text or set vocabulary = "
                + tokens.size());
      }
      merges.add(pairs.merge(best.get()));
    }
    return new BytePairEncoding(merges);
  }

  private static List<Word> words(Iterable<String> texts, Map<String, Integer> ids) {
    Map<String, Long> counts = new HashMap<>();
    for (String text : texts) {
      Pieces.of(text).forEach(piece -> counts.merge(piece, 1L, Long::sum));
    }
    List<Word> words = new ArrayList<>(counts.size());
    new TreeMap<>(counts).forEach((piece, count) -> words.add(new Word(tokens(piece, ids), count)));
    return words;
  }

  private static int[] tokens(String piece, Map<String, Integer> ids) {
    return ByteSymbols.of(piece).chars().map(c -> ids.get(String.valueOf((char) c))).toArray();
  }
}

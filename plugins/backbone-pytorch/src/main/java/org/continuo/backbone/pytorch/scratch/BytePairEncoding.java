package org.continuo.backbone.pytorch.scratch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A vocabulary and its merges, learned by byte-pair encoding (Sennrich et al. 2016, algorithm 1)
 * over bytes: the most frequent pair of neighbours becomes a symbol, again and again. Of equally
 * frequent pairs the one first in the alphabet is taken, so the same texts give the same merges.
 *
 * @param symbols the 256 bytes, then one per merge
 * @param merges pairs of symbols in the order they were merged
 */
record BytePairEncoding(List<String> symbols, List<Pair> merges) {
  /** How GPT-2 splits a text before merging: contractions, words, numbers, signs, spaces. */
  private static final Pattern PIECES =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

  BytePairEncoding {
    symbols = List.copyOf(symbols);
    merges = List.copyOf(merges);
  }

  /** Two neighbours, as they are written in the vocabulary. */
  record Pair(String left, String right) {}

  /**
   * Learns from texts.
   *
   * @param size of the vocabulary, at least 256; smaller if the texts hold no more pairs that occur
   *     twice
   */
  static BytePairEncoding learn(Stream<String> texts, int size) {
    Map<String, Integer> pieces = new TreeMap<>();
    texts.forEach(
        text -> {
          Matcher matcher = PIECES.matcher(text);
          while (matcher.find()) {
            pieces.merge(matcher.group(), 1, Integer::sum);
          }
        });
    return new Learning(pieces).merge(size);
  }

  /** Distinct pieces with their counts, and where each pair of neighbours occurs. */
  private static final class Learning {
    private final List<String> symbols = new ArrayList<>(ByteSymbols.all());
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<int[]> words = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();
    private final Map<Long, Integer> frequency = new HashMap<>();
    private final Map<Long, Set<Integer>> places = new HashMap<>();
    private final PriorityQueue<Candidate> queue =
        new PriorityQueue<>(
            Comparator.comparingInt(Candidate::frequency)
                .reversed()
                .thenComparing(c -> symbols.get(left(c.pair)))
                .thenComparing(c -> symbols.get(right(c.pair))));

    /** A pair with the frequency it had when it was queued. */
    private record Candidate(long pair, int frequency) {}

    Learning(Map<String, Integer> pieces) {
      for (int b = 0; b < symbols.size(); b++) {
        ids.put(symbols.get(b), b);
      }
      pieces.forEach(
          (piece, count) -> {
            words.add(ByteSymbols.bytes(piece));
            counts.add(count);
          });
      for (int w = 0; w < words.size(); w++) {
        count(w, 1);
      }
      frequency.forEach((pair, f) -> queue.add(new Candidate(pair, f)));
    }

    BytePairEncoding merge(int size) {
      List<Pair> merges = new ArrayList<>();
      while (symbols.size() < size && !queue.isEmpty()) {
        Candidate best = queue.poll();
        int now = frequency.getOrDefault(best.pair, 0);
        if (now != best.frequency) {
          continue; // queued again when its frequency changed
        }
        if (now < 2) {
          break;
        }
        String left = symbols.get(left(best.pair));
        String right = symbols.get(right(best.pair));
        merges.add(new Pair(left, right));
        apply(best.pair, symbol(left + right));
      }
      return new BytePairEncoding(symbols, merges);
    }

    /** The place of a symbol; two different pairs may spell the same one. */
    private int symbol(String spelled) {
      return ids.computeIfAbsent(
          spelled,
          s -> {
            symbols.add(s);
            return symbols.size() - 1;
          });
    }

    private void apply(long pair, int merged) {
      Set<Long> changed = new LinkedHashSet<>();
      for (int w : places.remove(pair)) {
        changed.addAll(count(w, -1));
        words.set(w, replaced(words.get(w), left(pair), right(pair), merged));
        changed.addAll(count(w, 1));
      }
      frequency.remove(pair);
      changed.remove(pair);
      changed.forEach(other -> queue.add(new Candidate(other, frequency.getOrDefault(other, 0))));
    }

    /** Adds a word's pairs, or takes them away; tells which they are. */
    private Set<Long> count(int w, int sign) {
      int[] word = words.get(w);
      Set<Long> pairs = new LinkedHashSet<>();
      for (int i = 0; i + 1 < word.length; i++) {
        long pair = pair(word[i], word[i + 1]);
        frequency.merge(pair, sign * counts.get(w), Integer::sum);
        pairs.add(pair);
        if (sign > 0) {
          places.computeIfAbsent(pair, p -> new LinkedHashSet<>()).add(w);
        }
      }
      return pairs;
    }

    private static int[] replaced(int[] word, int left, int right, int merged) {
      int[] shorter = new int[word.length];
      int length = 0;
      for (int i = 0; i < word.length; i++) {
        boolean here = i + 1 < word.length && word[i] == left && word[i + 1] == right;
        shorter[length++] = here ? merged : word[i];
        i += here ? 1 : 0;
      }
      return Arrays.copyOf(shorter, length);
    }

    private static long pair(int left, int right) {
      return (long) left << 32 | right;
    }

    private static int left(long pair) {
      return (int) (pair >>> 32);
    }

    private static int right(long pair) {
      return (int) pair;
    }
  }
}

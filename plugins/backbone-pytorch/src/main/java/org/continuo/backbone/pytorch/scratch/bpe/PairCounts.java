package org.continuo.backbone.pytorch.scratch.bpe;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * How often each pair of neighbours occurs, kept up to date while pairs are merged.
 *
 * <p>Counts of old pairs only fall and new pairs hold the newest token, so a candidate in the queue
 * is never too small: one that is too large is put back with its present count.
 */
final class PairCounts {
  private final List<String> tokens;
  private final List<Word> words;
  private final Map<Long, Occurrences> occurrences = new HashMap<>();
  private final PriorityQueue<Candidate> queue;

  private record Candidate(long count, long pair) {}

  /** A pair's count and the words it was seen in; some may have lost it since. */
  private static final class Occurrences {
    long count;
    int[] places = new int[4];
    int size;

    void at(int word) {
      if (size > 0 && places[size - 1] == word) {
        return;
      }
      if (size == places.length) {
        places = Arrays.copyOf(places, size * 2);
      }
      places[size++] = word;
    }
  }

  /**
   * @param tokens text of each token by id; grows with the merges
   */
  PairCounts(List<String> tokens, List<Word> words) {
    this.tokens = tokens;
    this.words = words;
    this.queue =
        new PriorityQueue<>(
            Comparator.comparingLong((Candidate candidate) -> -candidate.count())
                .thenComparing(candidate -> tokens.get(Word.left(candidate.pair())))
                .thenComparing(candidate -> tokens.get(Word.right(candidate.pair()))));
    for (int i = 0; i < words.size(); i++) {
      count(i);
    }
    occurrences.keySet().forEach(this::enqueue);
  }

  /** The most frequent pair, the first in the order of its texts among equals. */
  Optional<Long> best(long atLeast) {
    while (!queue.isEmpty()) {
      Candidate candidate = queue.remove();
      long count = occurrences.get(candidate.pair()).count;
      if (count == candidate.count()) {
        return count < atLeast ? Optional.empty() : Optional.of(candidate.pair());
      }
      if (count >= atLeast) {
        queue.add(new Candidate(count, candidate.pair()));
      }
    }
    return Optional.empty();
  }

  /** Makes a new token of a pair, wherever it occurs. */
  Merge merge(long pair) {
    Merge merge = new Merge(tokens.get(Word.left(pair)), tokens.get(Word.right(pair)));
    int merged = tokens.size();
    tokens.add(merge.joined());
    Occurrences places = occurrences.get(pair);
    Set<Long> created = new HashSet<>();
    for (int i = 0; i < places.size; i++) {
      Word word = words.get(places.places[i]);
      if (word.contains(pair)) {
        word.pairs(old -> occurrences.get(old).count -= word.count());
        word.merge(pair, merged);
        count(places.places[i]);
        word.pairs(created::add);
      }
    }
    created.removeIf(now -> Word.left(now) != merged && Word.right(now) != merged);
    created.forEach(this::enqueue);
    return merge;
  }

  private void count(int index) {
    Word word = words.get(index);
    word.pairs(
        pair -> {
          Occurrences at = occurrences.computeIfAbsent(pair, key -> new Occurrences());
          at.count += word.count();
          at.at(index);
        });
  }

  private void enqueue(long pair) {
    queue.add(new Candidate(occurrences.get(pair).count, pair));
  }
}

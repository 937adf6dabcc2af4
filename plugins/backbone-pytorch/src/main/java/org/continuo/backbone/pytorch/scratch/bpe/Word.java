package org.continuo.backbone.pytorch.scratch.bpe;

import java.util.Arrays;

/** A piece of text as token ids, with the number of times it occurs. */
final class Word {
  private final long count;
  private int[] tokens;

  Word(int[] tokens, long count) {
    this.tokens = tokens;
    this.count = count;
  }

  interface PairVisitor {
    void visit(long pair);
  }

  static long pair(int left, int right) {
    return ((long) left << Integer.SIZE) | right;
  }

  static int left(long pair) {
    return (int) (pair >>> Integer.SIZE);
  }

  static int right(long pair) {
    return (int) pair;
  }

  long count() {
    return count;
  }

  void pairs(PairVisitor visitor) {
    for (int i = 0; i + 1 < tokens.length; i++) {
      visitor.visit(pair(tokens[i], tokens[i + 1]));
    }
  }

  boolean contains(long pair) {
    for (int i = 0; i + 1 < tokens.length; i++) {
      if (pair(tokens[i], tokens[i + 1]) == pair) {
        return true;
      }
    }
    return false;
  }

  /** Joins every occurrence from the left: in {@code aaa} the first two. */
  void merge(long pair, int merged) {
    int[] shorter = new int[tokens.length];
    int length = 0;
    for (int i = 0; i < tokens.length; i++) {
      boolean here = i + 1 < tokens.length && pair(tokens[i], tokens[i + 1]) == pair;
      shorter[length++] = here ? merged : tokens[i];
      i += here ? 1 : 0;
    }
    tokens = Arrays.copyOf(shorter, length);
  }
}

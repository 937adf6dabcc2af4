package org.continuo.backbone.pytorch.scratch.bpe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Encodes as the definition says: the most urgent merge of a piece first, until none applies. */
final class ReferenceEncoder {
  private final Map<Merge, Integer> ranks = new HashMap<>();
  private final Map<String, Integer> ids;

  ReferenceEncoder(BytePairEncoding encoding) {
    encoding.merges().forEach(merge -> ranks.put(merge, ranks.size()));
    this.ids = encoding.ids();
  }

  long[] encode(String text) {
    return Pieces.of(text)
        .flatMap(piece -> tokens(piece).stream())
        .mapToLong(token -> ids.get(token))
        .toArray();
  }

  List<String> tokens(String piece) {
    List<String> tokens = new ArrayList<>();
    ByteSymbols.of(piece).chars().forEach(c -> tokens.add(String.valueOf((char) c)));
    for (int at = next(tokens); at >= 0; at = next(tokens)) {
      tokens.set(at, tokens.get(at) + tokens.remove(at + 1));
    }
    return tokens;
  }

  private int next(List<String> tokens) {
    int best = -1;
    int bestRank = Integer.MAX_VALUE;
    for (int i = 0; i + 1 < tokens.size(); i++) {
      int rank = ranks.getOrDefault(new Merge(tokens.get(i), tokens.get(i + 1)), Integer.MAX_VALUE);
      if (rank < bestRank) {
        best = i;
        bestRank = rank;
      }
    }
    return best;
  }
}

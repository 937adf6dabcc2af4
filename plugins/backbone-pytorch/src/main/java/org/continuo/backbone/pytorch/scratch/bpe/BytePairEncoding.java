package org.continuo.backbone.pytorch.scratch.bpe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trained tokenizer: three special tokens, the 256 byte symbols, and one token for each merge.
 *
 * @param merges the earlier, the more urgent
 */
public record BytePairEncoding(List<Merge> merges) {
  static final List<String> SPECIAL = List.of("<pad>", "<s>", "</s>");

  /** What every vocabulary holds before the first merge. */
  static final int SMALLEST_VOCABULARY = SPECIAL.size() + 256;

  public BytePairEncoding {
    merges = List.copyOf(merges);
  }

  /** All tokens; the id of each is its place. */
  List<String> vocabulary() {
    List<String> tokens = new ArrayList<>(SPECIAL);
    tokens.addAll(ByteSymbols.alphabet());
    merges.forEach(merge -> tokens.add(merge.joined()));
    return tokens;
  }

  Map<String, Integer> ids() {
    Map<String, Integer> ids = new LinkedHashMap<>();
    vocabulary().forEach(token -> ids.put(token, ids.size()));
    return ids;
  }

  public int size() {
    return SMALLEST_VOCABULARY + merges.size();
  }
}

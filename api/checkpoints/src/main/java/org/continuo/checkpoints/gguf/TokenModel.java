package org.continuo.checkpoints.gguf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** How a tokenizer finds the tokens of a text. */
interface TokenModel {
  /** Of two pieces, one. */
  record Merge(String left, String right) {}

  /** Adds {@code normalizer}, {@code pre_tokenizer}, {@code model} and {@code decoder}. */
  void describe(ObjectNode tokenizer);

  /** True if texts begin with a token where the file does not say whether they do. */
  boolean usuallyOpens();

  /** A {@code model} of pieces that are merged by pairs, in the order given. */
  static ObjectNode merging(ObjectNode tokenizer, Map<String, Integer> ids, List<Merge> merges) {
    ObjectNode model = tokenizer.putObject("model").put("type", "BPE");
    model.putNull("dropout").putNull("unk_token");
    model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
    ObjectNode vocabulary = model.putObject("vocab");
    ids.forEach(vocabulary::put);
    var list = model.putArray("merges");
    merges.forEach(merge -> list.addArray().add(merge.left).add(merge.right));
    return model;
  }
}

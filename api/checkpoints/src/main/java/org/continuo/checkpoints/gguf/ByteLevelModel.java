package org.continuo.checkpoints.gguf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Merges of bytes, each written as a letter: the tokenizers that files call {@code gpt2}. */
record ByteLevelModel(Vocabulary vocabulary, List<Merge> merges, PreTokenizer splits)
    implements TokenModel {
  static final String SPLITS = "tokenizer.ggml.pre";
  private static final String MERGES = "tokenizer.ggml.merges";

  static ByteLevelModel read(Metadata keys, Vocabulary vocabulary) {
    if (!keys.has(MERGES)) {
      keys.missing(MERGES, "the merges of the tokenizer");
    }
    return new ByteLevelModel(vocabulary, merges(keys, vocabulary), splits(keys));
  }

  private static PreTokenizer splits(Metadata keys) {
    Optional<String> name = keys.text(SPLITS);
    Optional<PreTokenizer> known =
        name.isEmpty() ? Optional.of(PreTokenizer.DEFAULT) : PreTokenizer.named(name.get());
    if (known.isEmpty()) {
      keys.mismatch(
          SPLITS,
          "one of %s; use the folder the file was made from".formatted(PreTokenizer.known()));
    }
    return known.orElse(PreTokenizer.DEFAULT);
  }

  private static List<Merge> merges(Metadata keys, Vocabulary vocabulary) {
    List<Merge> merges = new ArrayList<>();
    for (String pair : keys.list(MERGES, String.class, "a list of texts")) {
      int space = pair.indexOf(' ');
      String left = pair.substring(0, Math.max(0, space));
      String right = pair.substring(space + 1);
      boolean whole =
          vocabulary.ids().containsKey(left)
              && vocabulary.ids().containsKey(right)
              && vocabulary.ids().containsKey(left + right);
      if (!whole) {
        keys.problem(
            MERGES,
            "found '%s' as number %d, expected two tokens that make a third; get the file again"
                .formatted(pair, merges.size() + 1));
        return merges;
      }
      merges.add(new Merge(left, right));
    }
    return merges;
  }

  @Override
  public void describe(ObjectNode tokenizer) {
    if (splits.composes()) {
      tokenizer.putObject("normalizer").put("type", "NFC");
    } else {
      tokenizer.putNull("normalizer");
    }
    tokenizer.set("pre_tokenizer", splits.json());
    TokenModel.merging(tokenizer, vocabulary.ids(), merges)
        .put("ignore_merges", splits.ignoresMerges());
    ObjectNode decoder = tokenizer.putObject("decoder").put("type", "ByteLevel");
    decoder.put("add_prefix_space", true).put("trim_offsets", true).put("use_regex", true);
  }

  @Override
  public boolean usuallyOpens() {
    return splits.usuallyOpens();
  }
}

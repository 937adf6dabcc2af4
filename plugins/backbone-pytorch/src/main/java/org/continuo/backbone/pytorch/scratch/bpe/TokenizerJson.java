package org.continuo.backbone.pytorch.scratch.bpe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The form in which the tokenizers library keeps a tokenizer. */
public final class TokenizerJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BEGINNING = "<s>";

  private TokenizerJson() {}

  /** {@code tokenizer.json}: byte-level BPE that puts {@code <s>} in front of a text. */
  public static ObjectNode of(BytePairEncoding encoding) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    BytePairEncoding.SPECIAL.forEach(token -> special(added, token));
    root.putNull("normalizer");
    byteLevel(root.putObject("pre_tokenizer"));
    root.set("post_processor", template(encoding));
    byteLevel(root.putObject("decoder"));
    root.set("model", model(encoding));
    return root;
  }

  private static void special(ArrayNode added, String token) {
    ObjectNode entry = added.addObject().put("id", added.size() - 1).put("content", token);
    for (String flag : new String[] {"single_word", "lstrip", "rstrip", "normalized"}) {
      entry.put(flag, false);
    }
    entry.put("special", true);
  }

  private static void byteLevel(ObjectNode node) {
    node.put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", true);
  }

  private static ObjectNode template(BytePairEncoding encoding) {
    ObjectNode template = JSON.createObjectNode().put("type", "TemplateProcessing");
    ArrayNode single = template.putArray("single");
    ArrayNode pair = template.putArray("pair");
    for (ArrayNode sequence : new ArrayNode[] {single, pair}) {
      item(sequence, "SpecialToken", BEGINNING);
      item(sequence, "Sequence", "A");
    }
    item(pair, "Sequence", "B");
    ObjectNode token = template.putObject("special_tokens").putObject(BEGINNING);
    token.put("id", BEGINNING);
    token.putArray("ids").add(encoding.ids().get(BEGINNING));
    token.putArray("tokens").add(BEGINNING);
    return template;
  }

  private static void item(ArrayNode sequence, String kind, String id) {
    sequence.addObject().putObject(kind).put("id", id).put("type_id", 0);
  }

  private static ObjectNode model(BytePairEncoding encoding) {
    ObjectNode model = JSON.createObjectNode().put("type", "BPE");
    for (String absent :
        new String[] {"dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix"}) {
      model.putNull(absent);
    }
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
    ObjectNode vocabulary = model.putObject("vocab");
    encoding.ids().forEach(vocabulary::put);
    ArrayNode merges = model.putArray("merges");
    encoding.merges().forEach(merge -> merges.addArray().add(merge.left()).add(merge.right()));
    return model;
  }
}

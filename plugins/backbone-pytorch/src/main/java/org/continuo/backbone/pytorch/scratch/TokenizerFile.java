package org.continuo.backbone.pytorch.scratch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a byte-pair encoding as {@code tokenizer.json}; a text begins with {@code <s>}. */
final class TokenizerFile {
  static final int PADDING = 0;
  static final int BEGIN = 1;
  static final int END = 2;
  private static final List<String> SPECIAL = List.of("<pad>", "<s>", "</s>");
  private static final ObjectMapper JSON = new ObjectMapper();

  private TokenizerFile() {}

  /** How many ids a vocabulary of these symbols has, special ones included. */
  static int size(BytePairEncoding encoding) {
    return SPECIAL.size() + encoding.symbols().size();
  }

  /** Symbols that fit beside the special ones. */
  static int symbols(int vocabulary) {
    return vocabulary - SPECIAL.size();
  }

  static void write(BytePairEncoding encoding, Path file) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    for (int id = 0; id < SPECIAL.size(); id++) {
      ObjectNode token = added.addObject();
      token.put("id", id);
      token.put("content", SPECIAL.get(id));
      for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
        token.put(flag, false);
      }
      token.put("special", true);
    }
    root.putNull("normalizer");
    root.set("pre_tokenizer", byteLevel());
    root.set("post_processor", beginning());
    root.set("decoder", byteLevel());
    ObjectNode model = root.putObject("model");
    model.put("type", "BPE");
    model.putNull("dropout");
    model.putNull("unk_token");
    model.putNull("continuing_subword_prefix");
    model.putNull("end_of_word_suffix");
    model.put("fuse_unk", false);
    model.put("byte_fallback", false);
    model.put("ignore_merges", false);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < SPECIAL.size(); id++) {
      vocabulary.put(SPECIAL.get(id), id);
    }
    for (String symbol : encoding.symbols()) {
      vocabulary.put(symbol, vocabulary.size());
    }
    ArrayNode merges = model.putArray("merges");
    encoding.merges().forEach(pair -> merges.addArray().add(pair.left()).add(pair.right()));
    Files.writeString(file, JSON.writeValueAsString(root));
  }

  private static ObjectNode byteLevel() {
    ObjectNode part = JSON.createObjectNode();
    part.put("type", "ByteLevel");
    part.put("add_prefix_space", false);
    part.put("trim_offsets", true);
    part.put("use_regex", true);
    return part;
  }

  private static ObjectNode beginning() {
    String begin = SPECIAL.get(BEGIN);
    ObjectNode part = JSON.createObjectNode();
    part.put("type", "TemplateProcessing");
    ArrayNode single = part.putArray("single");
    single.addObject().putObject("SpecialToken").put("id", begin).put("type_id", 0);
    single.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    ArrayNode pair = part.putArray("pair");
    pair.addObject().putObject("SpecialToken").put("id", begin).put("type_id", 0);
    pair.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    pair.addObject().putObject("Sequence").put("id", "B").put("type_id", 1);
    ObjectNode token = part.putObject("special_tokens").putObject(begin);
    token.put("id", begin);
    token.putArray("ids").add(BEGIN);
    token.putArray("tokens").add(begin);
    return part;
  }
}

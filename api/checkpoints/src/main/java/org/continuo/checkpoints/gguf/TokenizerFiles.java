package org.continuo.checkpoints.gguf;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.continuo.checkpoints.gguf.Vocabulary.Kind;
import org.continuo.checkpoints.gguf.Vocabulary.Role;

/**
 * What a file says of its tokenizer, as the files of a folder.
 *
 * @param opens true if texts begin with the token that is there for it
 * @param closes the same at their ends
 */
record TokenizerFiles(
    Vocabulary vocabulary,
    TokenModel model,
    boolean opens,
    boolean closes,
    Optional<String> chatTemplate) {
  private static final String MODEL = "tokenizer.ggml.model";
  private static final String OPENS = "tokenizer.ggml.add_bos_token";
  private static final String CLOSES = "tokenizer.ggml.add_eos_token";

  /**
   * @param rows of the table of embeddings
   * @return empty if it is of a kind that is not read
   */
  static Optional<TokenizerFiles> read(Metadata keys, int rows) {
    String kind = keys.text(MODEL).orElse("");
    if (!kind.equals("gpt2") && !kind.equals("llama")) {
      keys.problem(
          MODEL,
          "found '%s', expected 'gpt2' (merges of bytes) or 'llama' (SentencePiece); use the folder the file was made from"
              .formatted(kind));
      return Optional.empty();
    }
    Vocabulary vocabulary = Vocabulary.read(keys, rows);
    TokenModel model =
        kind.equals("gpt2")
            ? ByteLevelModel.read(keys, vocabulary)
            : SentencePieceModel.read(keys, vocabulary);
    return Optional.of(
        new TokenizerFiles(
            vocabulary,
            model,
            around(keys, OPENS, model.usuallyOpens(), vocabulary, Role.BOS),
            around(keys, CLOSES, false, vocabulary, Role.EOS),
            keys.text("tokenizer.chat_template")));
  }

  private static boolean around(
      Metadata keys, String key, boolean usually, Vocabulary vocabulary, Role role) {
    boolean wanted = keys.flag(key, usually);
    boolean there = vocabulary.roles().containsKey(role);
    if (wanted && !there && keys.has(key)) {
      keys.problem(
          key, "found true, and no '%s'; expected both; get the file again".formatted(role.key()));
    }
    return wanted && there;
  }

  /** {@code tokenizer.json}. */
  ObjectNode tokenizer() {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("version", "1.0");
    root.putNull("truncation").putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    for (int id = 0; id < vocabulary.texts().size(); id++) {
      Kind kind = vocabulary.kinds().get(id);
      if (kind == Kind.CONTROL || kind == Kind.UNKNOWN || kind == Kind.USER_DEFINED) {
        ObjectNode token = added.addObject().put("id", id);
        token.put("content", vocabulary.texts().get(id)).put("single_word", false);
        token.put("lstrip", false).put("rstrip", false).put("normalized", false);
        token.put("special", kind != Kind.USER_DEFINED);
      }
    }
    model.describe(root);
    postProcessor(root);
    return root;
  }

  private void postProcessor(ObjectNode root) {
    if (!opens && !closes) {
      root.putNull("post_processor");
      return;
    }
    ObjectNode processor = root.putObject("post_processor").put("type", "TemplateProcessing");
    ArrayNode pair = processor.putArray("pair");
    around(processor.putArray("single"), "A", 0);
    around(pair, "A", 0);
    around(pair, "B", 1);
    ObjectNode tokens = processor.putObject("special_tokens");
    Stream.of(opens ? Role.BOS : Role.EOS, closes ? Role.EOS : Role.BOS)
        .distinct()
        .forEach(
            role -> {
              String text = vocabulary.text(role).orElseThrow();
              ObjectNode token = tokens.putObject(text).put("id", text);
              token.putArray("ids").add(vocabulary.roles().get(role));
              token.putArray("tokens").add(text);
            });
  }

  private void around(ArrayNode template, String text, int type) {
    if (opens) {
      special(template, Role.BOS, type);
    }
    template.addObject().putObject("Sequence").put("id", text).put("type_id", type);
    if (closes) {
      special(template, Role.EOS, type);
    }
  }

  private void special(ArrayNode template, Role role, int type) {
    template
        .addObject()
        .putObject("SpecialToken")
        .put("id", vocabulary.text(role).orElseThrow())
        .put("type_id", type);
  }

  /**
   * {@code tokenizer_config.json}.
   *
   * @param maximumLength of an input, in tokens
   */
  ObjectNode settings(int maximumLength) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    // the class that takes tokenizer.json as it stands
    settings.put("tokenizer_class", "PreTrainedTokenizerFast");
    settings.put("model_max_length", maximumLength).put("clean_up_tokenization_spaces", false);
    Map.of(
            "bos_token",
            Role.BOS,
            "eos_token",
            Role.EOS,
            "unk_token",
            Role.UNK,
            "pad_token",
            Role.PAD)
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry ->
                vocabulary
                    .text(entry.getValue())
                    .ifPresent(text -> settings.put(entry.getKey(), text)));
    return settings;
  }

  /** {@code generation_config.json}: every token the file says an answer may end with. */
  ObjectNode generation() {
    ObjectNode generation = JsonNodeFactory.instance.objectNode();
    identifiers(generation);
    List<Integer> ends =
        Stream.of(Role.EOS, Role.EOT, Role.EOM)
            .map(vocabulary.roles()::get)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    if (ends.size() > 1) {
      ArrayNode list = generation.putArray("eos_token_id");
      ends.forEach(list::add);
    }
    return generation;
  }

  /**
   * Adds {@code bos_token_id}, {@code eos_token_id} and {@code pad_token_id} where there are any.
   */
  void identifiers(ObjectNode to) {
    Map<Role, Integer> roles = vocabulary.roles();
    Optional.ofNullable(roles.get(Role.BOS)).ifPresent(id -> to.put("bos_token_id", id));
    Optional.ofNullable(roles.get(Role.EOS)).ifPresent(id -> to.put("eos_token_id", id));
    Optional.ofNullable(roles.get(Role.PAD)).ifPresent(id -> to.put("pad_token_id", id));
  }
}

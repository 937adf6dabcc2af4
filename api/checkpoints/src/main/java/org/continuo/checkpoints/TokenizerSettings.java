package org.continuo.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Applies what stands beside {@code tokenizer.json} over it, as the original library does: some of
 * its classes keep the vocabulary alone and make the rest anew from {@code tokenizer_config.json}.
 *
 * @param sentences of a sentence-transformers folder
 * @param family decides where no class is named
 */
record TokenizerSettings(
    JsonReader tokenizer,
    JsonReader settings,
    Optional<SentenceSettings> sentences,
    Optional<Family> family) {
  private static final String NORMALIZER = "normalizer";
  private static final String NORMALIZERS = "normalizers";
  private static final String PRE_TOKENIZER = "pre_tokenizer";
  private static final String SEQUENCE = "Sequence";
  private static final String PREFIX_SPACE = "add_prefix_space";
  private static final String LOWER_CASE = "do_lower_case";

  /** {@code tokenizer.json} as it counts; contradictions are reported. */
  JsonNode applied() {
    ObjectNode root = (ObjectNode) tokenizer.root();
    addedTokens(root);
    switch (named()) {
      case "BertTokenizer", "DistilBertTokenizer" -> {
        if (root.path("model").path("type").asText("WordPiece").equals("WordPiece")) {
          wordPieces(root);
        }
      }
      case "RobertaTokenizer" -> bytes(root);
      case "Qwen2Tokenizer" -> prefixSpace(root);
      case "GPT2Tokenizer" -> {
        root.putNull(NORMALIZER);
        byteLevel(root);
      }
      case "GemmaTokenizer" -> spaces(root);
      default -> {}
    }
    if (sentences.map(SentenceSettings::lowerCase).orElse(false)
        && !lowers(root.path(NORMALIZER))) {
      lowerCase(root);
    }
    return root;
  }

  /** The class that reads the file; those of the others take it as it stands. */
  private String named() {
    String usual =
        family
            .map(
                f ->
                    switch (f) {
                      case BERT, DISTILBERT -> "BertTokenizer";
                      case ROBERTA -> "RobertaTokenizer";
                      case QWEN2, QWEN3 -> "Qwen2Tokenizer";
                      case GPT2 -> "GPT2Tokenizer";
                      case GEMMA2, GEMMA3 -> "GemmaTokenizer";
                      case LLAMA, MISTRAL, PHI3, MODERNBERT -> "";
                    })
            .orElse("");
    return usual.isEmpty()
        ? usual
        : settings.text("tokenizer_class", usual).replaceFirst("Fast$", "");
  }

  private void wordPieces(ObjectNode root) {
    ObjectNode normalizer = root.putObject(NORMALIZER);
    normalizer.put("type", "BertNormalizer").put("clean_text", true);
    normalizer.put("handle_chinese_chars", settings.flag("tokenize_chinese_chars", true));
    if (settings.has("strip_accents")) {
      normalizer.put("strip_accents", settings.flag("strip_accents", false));
    } else {
      normalizer.putNull("strip_accents");
    }
    normalizer.put("lowercase", settings.flag(LOWER_CASE, true));
    root.putObject(PRE_TOKENIZER).put("type", "BertPreTokenizer");
    around(root, "BertProcessing", "[CLS]", "[SEP]");
  }

  private void bytes(ObjectNode root) {
    root.putNull(NORMALIZER);
    boolean prefix = byteLevel(root);
    around(root, "RobertaProcessing", "<s>", "</s>")
        .ifPresent(made -> made.put("trim_offsets", true).put(PREFIX_SPACE, prefix));
  }

  /** Whether a space is put before each text. */
  private boolean byteLevel(ObjectNode root) {
    boolean prefix = settings.flag(PREFIX_SPACE, false);
    ObjectNode bytes = root.putObject(PRE_TOKENIZER).put("type", "ByteLevel");
    bytes.put(PREFIX_SPACE, prefix).put("trim_offsets", true).put("use_regex", true);
    return prefix;
  }

  /** Spaces become signs of their own, and a text is split behind them. */
  private void spaces(ObjectNode root) {
    if (!root.path("model").path("byte_fallback").asBoolean()) {
      settings.problem(
          "tokenizer_class",
          "found %s, whose texts are split at spaces, and a tokenizer.json without byte_fallback; expected the file of that class, or TokenizersBackend, which takes the file as it stands"
              .formatted(settings.text("tokenizer_class", "none, which means GemmaTokenizer")));
    }
    ObjectNode replaced = root.putObject(NORMALIZER).put("type", "Replace");
    replaced.putObject("pattern").put("String", " ");
    replaced.put("content", "\u2581");
    ObjectNode split = root.putObject(PRE_TOKENIZER).put("type", "Split");
    split.putObject("pattern").put("String", " ");
    split.put("behavior", "MergedWithPrevious").put("invert", false);
  }

  /** Sets what stands around a text; empty if the vocabulary has no such tokens. */
  private Optional<ObjectNode> around(ObjectNode root, String type, String cls, String sep) {
    String first = token("cls_token", cls);
    String last = token("sep_token", sep);
    Optional<Long> firstId = id(root, first);
    Optional<Long> lastId = id(root, last);
    if (firstId.isEmpty() || lastId.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode made = root.putObject("post_processor").put("type", type);
    made.putArray("sep").add(last).add(lastId.get());
    made.putArray("cls").add(first).add(firstId.get());
    return Optional.of(made);
  }

  private String token(String key, String unset) {
    JsonNode token = settings.get(key);
    return (token.isObject() ? token.path("content") : token).asText(unset);
  }

  private static Optional<Long> id(ObjectNode root, String token) {
    for (JsonNode added : root.path("added_tokens")) {
      if (added.path("content").asText().equals(token)) {
        return Optional.of(added.path("id").asLong());
      }
    }
    JsonNode piece = root.path("model").path("vocab").path(token);
    return piece.isIntegralNumber() ? Optional.of(piece.asLong()) : Optional.empty();
  }

  /** Only where texts are split before: else the class would split them too. */
  private void prefixSpace(ObjectNode root) {
    boolean wanted = settings.flag(PREFIX_SPACE, false);
    boolean there = false;
    for (JsonNode step : root.path(PRE_TOKENIZER).path("pretokenizers")) {
      if (step.path("type").asText().equals("ByteLevel")) {
        ((ObjectNode) step).put(PREFIX_SPACE, wanted);
        there = true;
      }
    }
    if (wanted && !there) {
      settings.problem(
          PREFIX_SPACE,
          "found true, and no sequence with a ByteLevel pre-tokenizer in tokenizer.json that could add it; expected false, or the tokenizer.json that belongs to it");
    }
  }

  private static boolean lowers(JsonNode normalizer) {
    for (JsonNode step : normalizer.path(NORMALIZERS)) {
      if (lowers(step)) {
        return true;
      }
    }
    return normalizer.path("type").asText().equals("Lowercase")
        || normalizer.path("lowercase").asBoolean();
  }

  private static void lowerCase(ObjectNode root) {
    JsonNode before = root.path(NORMALIZER);
    ObjectNode sequence = JsonNodeFactory.instance.objectNode().put("type", SEQUENCE);
    ArrayNode steps = sequence.putArray(NORMALIZERS);
    steps.addObject().put("type", "Lowercase");
    if (before.path("type").asText().equals(SEQUENCE)) {
      before.path(NORMALIZERS).forEach(steps::add);
    } else if (before.isObject()) {
      steps.add(before);
    }
    root.set(NORMALIZER, sequence);
  }

  /** Both files list the tokens that were added; an id has one meaning. */
  private void addedTokens(ObjectNode root) {
    Map<String, String> own = new HashMap<>();
    for (JsonNode token : root.path("added_tokens")) {
      own.put(token.path("id").asText(), token.path("content").asText());
    }
    JsonReader others = settings.object("added_tokens_decoder");
    for (var entry : others.root().properties()) {
      String content = entry.getValue().path("content").asText();
      String here = own.get(entry.getKey());
      boolean plain = !entry.getValue().path("special").asBoolean();
      if (here == null ? plain && !inVocabulary(root, content) : !here.equals(content)) {
        others.problem(
            entry.getKey(),
            "found '%s', and %s in 'added_tokens' of tokenizer.json; expected the same token in both: take the two files from one model"
                .formatted(content, here == null ? "nothing" : "'" + here + "'"));
      }
    }
  }

  private static boolean inVocabulary(ObjectNode root, String content) {
    return root.path("model").path("vocab").has(content);
  }
}

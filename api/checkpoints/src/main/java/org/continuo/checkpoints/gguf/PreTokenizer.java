package org.continuo.checkpoints.gguf;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * How a text is split before its parts are merged, for byte-level vocabularies. A file names that
 * in {@code tokenizer.ggml.pre}; the steps are those of the tokenizers the names were given to.
 *
 * @param names in files
 * @param patterns regular expressions whose matches are cut out, one after the other
 */
record PreTokenizer(List<String> names, Form form, List<String> patterns) {
  /** What llama.cpp does with files that name none. */
  static final PreTokenizer DEFAULT =
      new PreTokenizer(
          List.of("default"),
          Form.SPLIT,
          List.of(
              "[\\p{P}\\$\\+<=>\\^~\\|]+",
              "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)",
              "\\p{N}+",
              "[0-9][0-9][0-9]"));

  private static final String CAPITALS = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
  private static final String SMALL = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";

  private static final List<PreTokenizer> ALL =
      List.of(
          DEFAULT,
          new PreTokenizer(List.of("gpt-2"), Form.PLAIN, List.of()),
          // every digit by itself
          new PreTokenizer(List.of("smollm", "starcoder", "refact"), Form.DIGITS, List.of()),
          new PreTokenizer(
              List.of("llama-bpe", "llama3", "llama-v3"),
              Form.WHOLE,
              List.of(later("\\p{N}{1,3}"))),
          new PreTokenizer(List.of("smaug-bpe"), Form.SPLIT, List.of(later("\\p{N}{1,3}"))),
          new PreTokenizer(
              List.of("qwen2", "deepseek-r1-qwen"), Form.COMPOSED, List.of(later("\\p{N}"))),
          // a capital begins a part
          new PreTokenizer(
              List.of("tekken"),
              Form.WHOLE,
              List.of(
                  "[^\\r\\n\\p{L}\\p{N}]?%1$s*%2$s+|[^\\r\\n\\p{L}\\p{N}]?%1$s+%2$s*"
                          .formatted(CAPITALS, SMALL)
                      + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+")),
          new PreTokenizer(
              List.of("deepseek-coder"),
              Form.SPLIT,
              List.of(
                  "[\\r\\n]",
                  "\\s?\\p{L}+",
                  "\\s?\\p{P}+",
                  "[\u4e00-\u9fa5\u0800-\u4e00\uac00-\ud7ff]+",
                  "\\p{N}")));

  /** What stands around the patterns. */
  enum Form {
    /** The pattern of GPT-2, which the library has built in. */
    PLAIN,
    /** The same, behind a step that cuts out each digit. */
    DIGITS,
    SPLIT,
    /** Patterns, on text in Unicode's composed form. */
    COMPOSED,
    /** Patterns; a part that is a token is not merged but taken, and texts begin with a token. */
    WHOLE
  }

  /** The pattern of OpenAI's tokenizers from GPT-3.5 on, with numbers split as given. */
  private static String later(String numbers) {
    return "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|"
        + numbers
        + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  }

  static Optional<PreTokenizer> named(String name) {
    return ALL.stream().filter(known -> known.names.contains(name)).findFirst();
  }

  static List<String> known() {
    return ALL.stream().flatMap(known -> known.names.stream()).sorted().toList();
  }

  /** True if a part that is a token as a whole is not merged from its characters. */
  boolean ignoresMerges() {
    return form == Form.WHOLE;
  }

  /** True if texts begin with a token where the file does not say whether they do. */
  boolean usuallyOpens() {
    return form == Form.WHOLE;
  }

  /** True if a text is brought into Unicode's composed form (NFC) first. */
  boolean composes() {
    return form == Form.COMPOSED;
  }

  /** As {@code tokenizer.json} says it. */
  ObjectNode json() {
    boolean builtIn = form == Form.PLAIN || form == Form.DIGITS;
    ObjectNode bytes = JsonNodeFactory.instance.objectNode().put("type", "ByteLevel");
    bytes.put("add_prefix_space", false).put("trim_offsets", true).put("use_regex", builtIn);
    if (form == Form.PLAIN) {
      return bytes;
    }
    ObjectNode sequence = JsonNodeFactory.instance.objectNode().put("type", "Sequence");
    ArrayNode steps = sequence.putArray("pretokenizers");
    if (form == Form.DIGITS) {
      steps.addObject().put("type", "Digits").put("individual_digits", true);
    }
    for (String pattern : patterns) {
      ObjectNode split = steps.addObject().put("type", "Split");
      split.putObject("pattern").put("Regex", pattern);
      split.put("behavior", "Isolated").put("invert", false);
    }
    steps.add(bytes);
    return sequence;
  }
}

package org.continuo.checkpoints;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a sentence-transformers folder wants its texts read, beside what its tokenizer says.
 *
 * @param maximumLength longest input in tokens, those around a text included; empty if it is not
 *     said
 * @param lowerCase true if texts are put in lower case before the tokenizer sees them
 */
record SentenceSettings(OptionalInt maximumLength, boolean lowerCase) {
  /** The library names the file after the kind of its transformer. */
  private static final List<String> NAMES =
      List.of(
          "sentence_bert_config.json",
          "sentence_roberta_config.json",
          "sentence_distilbert_config.json");

  /** Empty if the folder is none of that library's. */
  static Optional<SentenceSettings> read(CheckpointFolder folder, Problems problems) {
    Optional<JsonReader> own =
        NAMES.stream()
            .map(folder.path()::resolve)
            .filter(Files::exists)
            .findFirst()
            .flatMap(file -> JsonReader.open(file, problems));
    if (own.isEmpty() && SentenceModules.read(folder.root()).folders().isEmpty()) {
      return Optional.empty();
    }
    OptionalInt length =
        own.map(json -> length(json, "max_seq_length")).orElse(OptionalInt.empty());
    if (length.isEmpty()) {
      length =
          JsonReader.openIfThere(folder.tokenizerConfig(), new Problems())
              .map(SentenceSettings::tokenizerLength)
              .orElse(OptionalInt.empty());
    }
    return Optional.of(
        new SentenceSettings(
            length, own.map(json -> json.flag("do_lower_case", false)).orElse(false)));
  }

  private static OptionalInt length(JsonReader json, String key) {
    return json.has(key) ? OptionalInt.of(json.count(key)) : OptionalInt.empty();
  }

  /** Where no limit is known, the library that writes the file puts a number of thirty digits. */
  private static OptionalInt tokenizerLength(JsonReader json) {
    return json.get("model_max_length").canConvertToInt()
        ? length(json, "model_max_length")
        : OptionalInt.empty();
  }
}

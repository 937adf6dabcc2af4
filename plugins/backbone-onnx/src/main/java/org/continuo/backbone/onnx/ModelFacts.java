package org.continuo.backbone.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.continuo.api.model.Tokenizer;
import org.continuo.checkpoints.CheckpointConfig;
import org.continuo.checkpoints.CheckpointFolder;
import org.continuo.checkpoints.Family;
import org.continuo.checkpoints.Pooling;
import org.continuo.checkpoints.Problems;

/**
 * What the files beside a model tell, whatever its architecture.
 *
 * @param config of an architecture that is known
 * @param raw {@code config.json} of any
 * @param settings {@code tokenizer_config.json}
 * @param tokens ids of the tokenizer
 */
record ModelFacts(
    Optional<CheckpointConfig> config, JsonNode raw, JsonNode settings, OptionalInt tokens) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Without a tokenizer yet. What an engine of ours could not compute is no problem here: the graph
   * does.
   *
   * @param problems files that cannot be read
   */
  static ModelFacts of(CheckpointFolder folder, Problems problems) {
    return new ModelFacts(
        Files.exists(folder.config())
            ? CheckpointConfig.read(folder, new Problems())
            : Optional.empty(),
        json(folder.config(), problems),
        json(folder.tokenizerConfig(), problems),
        OptionalInt.empty());
  }

  ModelFacts with(Tokenizer tokenizer) {
    return new ModelFacts(config, raw, settings, OptionalInt.of(tokenizer.vocabulary()));
  }

  private static JsonNode json(Path file, Problems problems) {
    try {
      return Files.exists(file) ? JSON.readTree(file.toFile()) : MissingNode.getInstance();
    } catch (IOException e) {
      problems.add(
          file,
          "cannot be read as JSON (%s); expected what was saved with the model; copy it again"
              .formatted(e.getMessage().lines().findFirst().orElse("")));
      return MissingNode.getInstance();
    }
  }

  String architecture() {
    return raw.path("architectures").path(0).asText(raw.path("model_type").asText("ONNX model"));
  }

  int layers() {
    return number(raw, "num_hidden_layers", "n_layer", "n_layers", "num_layers").orElse(0);
  }

  OptionalInt width() {
    return number(raw, "hidden_size", "n_embd", "d_model", "dim");
  }

  OptionalInt vocabulary() {
    OptionalInt told = number(raw, "vocab_size");
    return told.isPresent() ? told : tokens;
  }

  /** Row of the table of positions that belongs to the first token. */
  int firstPosition() {
    return config
        .map(known -> known.embeddings().positionOffset())
        .orElseGet(OptionalInt::empty)
        .orElse(0);
  }

  /** How such models are read; empty for a family that is not known. */
  Optional<Pooling> pooling() {
    return config
        .map(CheckpointConfig::pooling)
        .or(() -> family().map(f -> f.decoder() ? Pooling.LAST : Pooling.FIRST));
  }

  private Optional<Family> family() {
    return Family.ofModelType(raw.path("model_type").asText());
  }

  /** Whether the family is known, and what it says of positions could not be read. */
  boolean positionsUnread() {
    return config.isEmpty() && family().isPresent();
  }

  /** The least of the limits that are told, in tokens. */
  OptionalInt maximumLength(OptionalInt sentences) {
    OptionalInt positions =
        config
            .map(known -> OptionalInt.of(known.maximumLength()))
            .orElseGet(
                () ->
                    number(raw, "max_position_embeddings", "n_positions", "max_seq_len", "n_ctx"));
    return Stream.of(positions, number(settings, "model_max_length"), sentences)
        .flatMapToInt(OptionalInt::stream)
        .min();
  }

  /** The first of several spellings that is set to a size. */
  private static OptionalInt number(JsonNode json, String... keys) {
    return List.of(keys).stream()
        .map(json::path)
        .filter(value -> value.canConvertToInt() && value.asInt() > 0)
        .flatMapToInt(value -> IntStream.of(value.asInt()))
        .findFirst();
  }
}

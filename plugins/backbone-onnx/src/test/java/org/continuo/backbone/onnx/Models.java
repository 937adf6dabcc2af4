package org.continuo.backbone.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.ModelLocation;
import org.continuo.backbone.onnx.testing.BertExport;

/** Small models made of the BERT whose answers by the original library lie beside it. */
final class Models {
  static final Path BERT =
      Path.of("../backbone-pytorch/src/test/fixtures/bert").toAbsolutePath().normalize();

  private Models() {}

  /** A folder with the model and what describes it. */
  static Path folder(Path folder, BertExport.Variant... variants) {
    try {
      Files.createDirectories(folder);
      for (String name : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
        Files.copy(BERT.resolve(name), folder.resolve(name));
      }
      BertExport.write(BERT, folder.resolve("model.onnx"), variants);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static OnnxBackbonePlugin.Options options(Path checkpoint) {
    return new OnnxBackbonePlugin.Options(
        new ModelLocation(checkpoint),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        new SessionOptions(OptionalInt.of(1), false, SessionOptions.Optimisation.ALL),
        new CacheOptions(Optional.empty(), 0));
  }

  static OnnxBackbonePlugin.Options reading(Path checkpoint, String output) {
    OnnxBackbonePlugin.Options plain = options(checkpoint);
    return new OnnxBackbonePlugin.Options(
        plain.checkpoint(),
        plain.file(),
        plain.tokenizer(),
        Optional.of(output),
        plain.summary(),
        plain.maximumLength(),
        plain.session(),
        plain.cache());
  }

  static OnnxBackbonePlugin.Options caching(Path checkpoint, Path cache) {
    OnnxBackbonePlugin.Options plain = options(checkpoint);
    return new OnnxBackbonePlugin.Options(
        plain.checkpoint(),
        plain.file(),
        plain.tokenizer(),
        plain.output(),
        plain.summary(),
        plain.maximumLength(),
        plain.session(),
        new CacheOptions(Optional.of(cache), 16));
  }

  static Backbone load(OnnxBackbonePlugin.Options options) {
    return new OnnxBackbonePlugin()
        .create(options)
        .load(
            (name, shape, first) -> {
              throw new AssertionError("a frozen model asked for parameter " + name);
            });
  }

  static List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    try {
      new ObjectMapper()
          .readTree(BERT.resolveSibling("sentences.json").toFile())
          .forEach(sentence -> sentences.add(sentence.asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sentences;
  }

  /** Padded on the right and read at each first token. */
  static Batch batch(Backbone backbone, List<String> texts, NDManager scope) {
    List<long[]> ids = texts.stream().map(backbone.tokenizer()::encode).toList();
    int length = ids.stream().mapToInt(row -> row.length).max().orElseThrow();
    long[] tokens = new long[ids.size() * length];
    float[] mask = new float[tokens.length];
    long[] rows = new long[ids.size()];
    for (int row = 0; row < rows.length; row++) {
      long[] text = ids.get(row);
      System.arraycopy(text, 0, tokens, row * length, text.length);
      Arrays.fill(mask, row * length, row * length + text.length, 1);
      rows[row] = (long) row * length;
    }
    Shape shape = new Shape(rows.length, length);
    NDArray none = scope.zeros(new Shape(rows.length), DataType.INT64);
    return new Batch(
        List.of(),
        scope.create(tokens, shape),
        scope.create(mask, shape),
        scope.create(rows),
        none,
        scope.ones(new Shape(1, 1)));
  }
}

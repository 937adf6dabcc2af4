package org.continuo.core.run;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.continuo.api.data.Batch;
import org.continuo.api.data.DataException;
import org.continuo.api.data.Example;
import org.continuo.api.data.Prompt;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Forward;
import org.continuo.api.model.Request;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.api.tensor.Finiteness;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;
import org.continuo.core.engine.Engines;
import org.continuo.core.experiment.Seeds;
import org.continuo.core.train.ParameterStore;
import org.continuo.core.train.Scopes;
import org.continuo.core.train.SeedTree;

/** A backbone on its own: what it is, and what it computes for a few sentences. */
public final class Inspection implements AutoCloseable {
  /** What a Java array holds, less a header. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - (1L << 20);

  /** Ids and mask of a token, int64, counted as float32. */
  private static final int IDS = 4;

  private final Scopes scopes;
  private final Backbone backbone;
  private final List<Stored> stored = new ArrayList<>();

  /** How a weight of the backbone is read. */
  private record Stored(Shape shape, Param.Initializer content) {}

  public Inspection(Backbone.Factory factory) {
    Engine engine = Engines.of(factory.engine());
    scopes = new Scopes(engine.newBaseManager());
    OptionalLong none = OptionalLong.empty();
    SeedTree seeds = new SeedTree(1, new Seeds(none, none, none, none, none));
    Parameters store = new ParameterStore(scopes, seeds, engine).view(ParameterStore.BACKBONE);
    backbone =
        factory.load(
            (name, shape, content) -> {
              stored.add(new Stored(shape, content));
              return store.param(name, shape, content);
            });
  }

  /**
   * Reads every weight once, one at a time: a description of the files alone would not tell that
   * they hold no numbers.
   *
   * @throws DataException with every weight that cannot be read or is not finite
   */
  public void checkWeights() {
    List<String> problems = new ArrayList<>();
    for (Stored weight : stored) {
      try {
        scopes.within(() -> weight.content.create(scopes.current(), weight.shape).close());
      } catch (DataException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new DataException(problems);
    }
  }

  public Backbone backbone() {
    return backbone;
  }

  /** The strings of a JSON array, or of the array {@code sentences} of a JSON object. */
  public static List<String> sentences(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DataException("%s: found no such file, expected a JSON file".formatted(file));
    }
    JsonNode json;
    try {
      json = new ObjectMapper().readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new DataException(
          "%s: found no JSON, expected an array of strings: %s"
              .formatted(file, e.getOriginalMessage()),
          e);
    }
    JsonNode array = json.isObject() ? json.path("sentences") : json;
    if (!array.isArray() || array.isEmpty()) {
      throw new DataException(
          "%s: found no sentences, expected a JSON array of strings, or an object with one as 'sentences'"
              .formatted(file));
    }
    List<String> sentences = new ArrayList<>();
    array.forEach(element -> sentences.add(element.asText()));
    return sentences;
  }

  /**
   * Writes what the backbone makes of sentences, in which special tokens are themselves, as the
   * original library reads them: {@code input_ids} and {@code attention_mask} [B,S] int64, {@code
   * hidden_state_1} (after the first layer, where a backbone shows its layers) and {@code
   * last_hidden_state} [B,S,d], and for language models {@code logits} [B,S,V], float32.
   */
  public void write(List<String> sentences, Path safetensors) throws IOException {
    byte[] bytes = scopes.within(() -> encode(sentences).encode(NDList.Encoding.SAFETENSORS));
    Files.write(safetensors, bytes);
  }

  /**
   * All arrays are written at once, from one Java array.
   *
   * @param numbers for each token, float32
   * @throws DataException if that cannot hold them
   */
  static void requireRoom(long sentences, long tokens, long numbers) {
    long bytes = sentences * tokens * numbers * Float.BYTES;
    if (bytes > MOST_BYTES) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "found %d sentences of up to %d tokens with %d numbers for each token, %.1f GB, expected at most %.1f GB; give fewer sentences at once",
              sentences,
              tokens,
              numbers,
              bytes / 1e9,
              MOST_BYTES / 1e9));
    }
  }

  private NDList encode(List<String> sentences) {
    Batch batch = batch(sentences);
    Shape tokens = batch.tokens().getShape();
    requireRoom(
        tokens.get(0),
        tokens.get(1),
        IDS
            + 2L * backbone.description().width()
            + (backbone.languageModel().isPresent() ? backbone.description().vocabulary() : 0));
    List<Capture> first =
        backbone.sites(Site.Kind.LAYER).stream()
            .limit(1)
            .map(layer -> Capture.of(Capture.What.OUTPUT, List.of(layer), Capture.Pool.NONE))
            .toList();
    Request request = new Request(Wiring.NONE, Request.Positions.ALL, first, false);
    Forward forward = backbone.prepare(request).forward(batch);
    NDArray hidden = forward.hidden().orElseThrow();
    NDList arrays = new NDList();
    add(arrays, "input_ids", batch.tokens());
    add(arrays, "attention_mask", batch.mask().toType(DataType.INT64, true));
    first.forEach(layer -> add(arrays, "hidden_state_1", forward.capture(layer).get(0)));
    add(arrays, "last_hidden_state", hidden.reshape(tokens.get(0), tokens.get(1), -1));
    backbone
        .languageModel()
        .ifPresent(
            model ->
                add(
                    arrays,
                    "logits",
                    model.logits(hidden).reshape(tokens.get(0), tokens.get(1), -1)));
    return arrays;
  }

  private static void add(NDList arrays, String name, NDArray array) {
    if (array.getDataType().isFloating()) {
      Finiteness.problem(array)
          .ifPresent(
              found -> {
                throw new DataException(
                    "%s: %s: the checkpoint computes no numbers for these sentences; expected finite ones"
                        .formatted(name, found));
              });
    }
    array.setName(name);
    arrays.add(array);
  }

  private Batch batch(List<String> sentences) {
    NDManager scope = scopes.current();
    List<long[]> ids =
        sentences.stream()
            .map(sentence -> backbone.tokenizer().encode(Prompt.template(sentence)))
            .toList();
    int length = ids.stream().mapToInt(row -> row.length).max().orElseThrow();
    long[] tokens = new long[ids.size() * length];
    Arrays.fill(tokens, backbone.tokenizer().paddingId());
    float[] mask = new float[tokens.length];
    List<Example> examples = new ArrayList<>();
    for (int b = 0; b < ids.size(); b++) {
      System.arraycopy(ids.get(b), 0, tokens, b * length, ids.get(b).length);
      Arrays.fill(mask, b * length, b * length + ids.get(b).length, 1f);
      examples.add(new Example("sentence/" + b, Optional.empty(), sentences.get(b), ""));
    }
    Shape shape = new Shape(ids.size(), length);
    return new Batch(
        examples,
        scope.create(tokens, shape),
        scope.create(mask, shape),
        scope.create(new long[ids.size()]),
        scope.create(new long[ids.size()]),
        scope.ones(new Shape(1, 1)));
  }

  @Override
  public void close() {
    scopes.close();
  }
}

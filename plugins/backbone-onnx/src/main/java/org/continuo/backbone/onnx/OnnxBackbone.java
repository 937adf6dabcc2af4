package org.continuo.backbone.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Forward;
import org.continuo.api.model.LanguageModel;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.model.Tokenizer;
import org.continuo.api.tensor.Autograd;

/**
 * A frozen ONNX model: one of its outputs, with experts on it and gradients above it. Texts are
 * computed by ONNX Runtime, everything else by the engine of the batch.
 */
final class OnnxBackbone implements Backbone {
  private final Features features;
  private final Output output;
  private final Tokenizer tokenizer;
  private final Summary summary;
  private final Description description;
  private final Optional<Site> site;

  /**
   * @param description all of it but the digest, which is read when it is asked for
   */
  OnnxBackbone(
      Features features,
      Output output,
      Tokenizer tokenizer,
      Summary summary,
      Description description) {
    this.features = features;
    this.output = output;
    this.tokenizer = tokenizer;
    this.summary = summary;
    this.description = description;
    this.site =
        output.kind() == Output.Kind.LOGITS
            ? Optional.empty()
            : Optional.of(
                new Site(
                    "output",
                    description.layers(),
                    Site.Kind.OUTPUT,
                    output.width(),
                    output.width()));
  }

  @Override
  public Description description() {
    return new Description(
        description.architecture(),
        description.source(),
        features.sha256(),
        description.parameters(),
        description.layers(),
        description.width(),
        description.vocabulary(),
        description.maximumLength(),
        description.storedAs(),
        description.origin());
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public List<Site> sites() {
    return site.stream().toList();
  }

  @Override
  public Summary summary() {
    return summary;
  }

  @Override
  public Optional<LanguageModel> languageModel() {
    return output.kind() == Output.Kind.LOGITS
        ? Optional.of(new Logits(this, output.width()))
        : Optional.empty();
  }

  @Override
  public List<String> refusals(Request request) {
    return new Refusals(site, output).of(request);
  }

  @Override
  public Prepared prepare(Request request) {
    List<String> refusals = refusals(request);
    if (!refusals.isEmpty()) {
      throw new IllegalArgumentException(
          "the backbone cannot answer:\n" + String.join("\n", refusals));
    }
    boolean whole = !request.wiring().mixtures().isEmpty() || !request.captures().isEmpty();
    return batch -> whole ? attached(request, batch) : bare(request, batch);
  }

  /** Nothing is attached: only what is read is fetched. */
  private Forward bare(Request request, Batch batch) {
    Texts texts = texts(batch);
    NDManager manager = batch.tokens().getManager();
    Optional<NDArray> hidden =
        switch (request.positions()) {
          case NONE -> Optional.empty();
          case ALL -> Optional.of(all(texts, manager).reshape(-1, output.width()));
          case ROWS -> Optional.of(read(texts, batch, manager));
        };
    return new Forward(hidden, Map.of());
  }

  /** [R,w]. */
  private NDArray read(Texts texts, Batch batch, NDManager manager) {
    if (batch.pooling() == Batch.Pooling.MEAN) {
      return each(texts, new Reading.Mean(), manager);
    }
    long[] rows = batch.rows().toLongArray();
    float[] read = new float[rows.length * output.width()];
    for (int text = 0; text < texts.ids().size(); text++) {
      int own = text;
      int[] wanted =
          IntStream.range(0, rows.length)
              .filter(row -> rows[row] / texts.length() == own)
              .toArray();
      if (wanted.length > 0) {
        Reading reading =
            tokens(IntStream.of(wanted).map(row -> (int) (rows[row] % texts.length())).toArray());
        float[] values = features.read(texts.ids().get(text), reading);
        for (int i = 0; i < wanted.length; i++) {
          System.arraycopy(
              values, i * output.width(), read, wanted[i] * output.width(), output.width());
        }
      }
    }
    return manager.create(read, new Shape(rows.length, output.width()));
  }

  /** A pooled output is one vector, wherever the text is read. */
  private Reading tokens(int... places) {
    return new Reading.At(output.kind() == Output.Kind.POOLED ? new int[places.length] : places);
  }

  /** One vector for each text, [B,w]. */
  private NDArray each(Texts texts, Reading reading, NDManager manager) {
    int rows = texts.ids().size();
    float[] read = new float[rows * output.width()];
    for (int row = 0; row < rows; row++) {
      float[] values = features.read(texts.ids().get(row), reading);
      System.arraycopy(values, 0, read, row * output.width(), output.width());
    }
    return manager.create(read, new Shape(rows, output.width()));
  }

  /** States of all tokens, [B,S,w], 0 where there is padding; of a pooled output [B,1,w]. */
  private NDArray all(Texts texts, NDManager manager) {
    int rows = texts.ids().size();
    int length = output.kind() == Output.Kind.POOLED ? 1 : texts.length();
    float[] all = new float[Math.multiplyExact(rows, length * output.width())];
    for (int row = 0; row < rows; row++) {
      float[] values = features.read(texts.ids().get(row), new Reading.All());
      System.arraycopy(values, 0, all, row * length * output.width(), values.length);
    }
    return manager.create(all, new Shape(rows, length, output.width()));
  }

  /** With experts, or for captures: every token is needed. */
  private Forward attached(Request request, Batch batch) {
    NDManager manager = batch.tokens().getManager();
    boolean pooled = output.kind() == Output.Kind.POOLED;
    NDArray x = all(texts(batch), manager);
    NDArray mask =
        pooled ? manager.ones(new Shape(batch.tokens().getShape().get(0), 1)) : batch.mask();
    NDArray y =
        request.wiring().mixtures().stream()
            .findFirst()
            .map(mixture -> mixture.mix(input(mixture, request, batch, x, mask), x, x))
            .orElse(x);
    Map<Capture, List<NDArray>> captures = new LinkedHashMap<>();
    for (Capture capture : request.captures()) {
      NDArray seen = capture.what() == Capture.What.INPUT ? x : y;
      captures.put(capture, List.of(pool(capture.pool(), seen, mask)));
    }
    Optional<NDArray> hidden =
        switch (request.positions()) {
          case NONE -> Optional.empty();
          case ALL -> Optional.of(y.reshape(-1, output.width()));
          case ROWS ->
              Optional.of(
                  batch.pooling() == Batch.Pooling.MEAN
                      ? Autograd.maskedMean(y, mask)
                      : gather(y, places(batch, pooled)));
        };
    return new Forward(hidden, captures);
  }

  /** Flat positions in [B,S] or, of a pooled output, [B,1]. */
  private static NDArray places(Batch batch, boolean pooled) {
    if (!pooled) {
      return batch.rows();
    }
    long length = batch.tokens().getShape().get(1);
    return batch
        .tokens()
        .getManager()
        .create(LongStream.of(batch.rows().toLongArray()).map(row -> row / length).toArray());
  }

  private Router.Input input(
      Mixture mixture, Request request, Batch batch, NDArray x, NDArray mask) {
    Router.Query query = mixture.router().query();
    return new Router.Input(
        site.orElseThrow(),
        x,
        mask,
        query == Router.Query.NONE ? Optional.empty() : Optional.of(query(batch, query)),
        mixture.experts(),
        request.training());
  }

  private static NDArray pool(Capture.Pool pool, NDArray states, NDArray mask) {
    return switch (pool) {
      case NONE -> states;
      case MASKED_MEAN -> Autograd.maskedMean(states, mask);
      case LAST -> {
        float[] counts = mask.sum(new int[] {1}).toFloatArray();
        long length = mask.getShape().get(1);
        long[] last = new long[counts.length];
        for (int row = 0; row < last.length; row++) {
          last[row] = row * length + (long) counts[row] - 1;
        }
        yield gather(states, mask.getManager().create(last));
      }
    };
  }

  /** Rows of [B,S,w] by flat position, with a gradient that is the same on every run. */
  private static NDArray gather(NDArray states, NDArray flat) {
    return Embedding.embedding(
            flat, states.reshape(-1, states.getShape().get(2)), SparseFormat.DENSE)
        .singletonOrThrow();
  }

  @Override
  public NDArray query(Batch batch, Router.Query query) {
    Optional<String> refusal = Refusals.view("a view of texts", query);
    if (refusal.isPresent() || query == Router.Query.NONE) {
      throw new IllegalArgumentException(refusal.orElse("query NONE asks for nothing"));
    }
    Texts texts = texts(batch);
    NDManager manager = batch.tokens().getManager();
    if (query == Router.Query.HIDDEN_MEAN || summary == Summary.MEAN) {
      return each(texts, new Reading.Mean(), manager);
    }
    float[] rows = new float[texts.ids().size() * output.width()];
    for (int row = 0; row < texts.ids().size(); row++) {
      long[] ids = texts.ids().get(row);
      float[] values = features.read(ids, tokens(summary == Summary.LAST ? ids.length - 1 : 0));
      System.arraycopy(values, 0, rows, row * output.width(), output.width());
    }
    return manager.create(rows, new Shape(texts.ids().size(), output.width()));
  }

  /** Logits of the token behind a text, [V]. */
  float[] next(long[] ids) {
    return features.read(ids, new Reading.At(new int[] {ids.length - 1}));
  }

  private Texts texts(Batch batch) {
    Texts texts = Texts.of(batch);
    if (texts.longest() > description.maximumLength()) {
      throw new IllegalArgumentException(
          "an input of %d tokens; the model takes at most %d"
              .formatted(texts.longest(), description.maximumLength()));
    }
    return texts;
  }

  int maximumLength() {
    return description.maximumLength();
  }
}

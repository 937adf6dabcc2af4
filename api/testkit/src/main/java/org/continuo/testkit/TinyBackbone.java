package org.continuo.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Forward;
import org.continuo.api.model.LanguageModel;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.model.Tokenizer;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Option;
import org.continuo.api.tensor.Autograd;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;

/**
 * {@code h = x + W_down tanh(W_up x)} at each token, x the mean of the embeddings up to it, all
 * weights random; the embeddings are the vocabulary head as well. Experts attach to both
 * projections or to the block of the two, which see one token, that mean; soft prompts count as
 * tokens of the mean.
 */
final class TinyBackbone implements Backbone {
  record Options(
      @Option(doc = "the hidden state that stands for a text", value = "last") Summary summary) {}

  static final int WIDTH = 16;
  private static final int INNER = 24;
  private static final TinyTokenizer TOKENIZER = new TinyTokenizer();

  static final Site EMBEDDINGS =
      new Site("embeddings", -1, Site.Kind.EMBEDDING, TOKENIZER.vocabulary(), WIDTH);
  static final Site BLOCK =
      new Site("layers.0.feed-forward", 0, Site.Kind.FEED_FORWARD, WIDTH, WIDTH);
  static final Site UP = new Site(BLOCK.name() + ".up", 0, Site.Kind.LINEAR, WIDTH, INNER);
  static final Site DOWN = new Site(BLOCK.name() + ".down", 0, Site.Kind.LINEAR, INNER, WIDTH);

  private final Param embeddings;
  private final Summary summary;
  private final Map<String, Param> weights = new TreeMap<>();
  private List<float[]> first = List.of();

  TinyBackbone(Parameters parameters) {
    this(Summary.LAST, parameters);
  }

  TinyBackbone(Summary summary, Parameters parameters) {
    this.summary = summary;
    embeddings = normal(parameters, "embeddings", TOKENIZER.vocabulary(), WIDTH, 1);
    weights.put(UP.name(), normal(parameters, UP.name(), INNER, WIDTH, 0.25f));
    weights.put(DOWN.name(), normal(parameters, DOWN.name(), WIDTH, INNER, 0.2f));
  }

  private static Param normal(
      Parameters parameters, String name, int rows, int columns, float deviation) {
    return parameters.param(
        name,
        new Shape(rows, columns),
        (manager, shape) -> manager.randomNormal(0, deviation, shape, DataType.FLOAT32));
  }

  /** Whether every weight is as it was in the first pass, bit for bit. */
  boolean unchanged() {
    List<float[]> now = values();
    for (int i = 0; i < first.size(); i++) {
      if (!Arrays.equals(first.get(i), now.get(i))) {
        return false;
      }
    }
    return !first.isEmpty();
  }

  private List<float[]> values() {
    List<float[]> values = new ArrayList<>(List.of(embeddings.value().toFloatArray()));
    weights.values().forEach(param -> values.add(param.value().toFloatArray()));
    return values;
  }

  @Override
  public Description description() {
    int vocabulary = TOKENIZER.vocabulary();
    long parameters = (long) vocabulary * WIDTH + 2L * WIDTH * INNER;
    return new Description(
        "tiny",
        "made up",
        "none",
        parameters,
        1,
        WIDTH,
        vocabulary,
        64,
        "float32",
        Optional.empty());
  }

  @Override
  public Tokenizer tokenizer() {
    return TOKENIZER;
  }

  @Override
  public List<Site> sites() {
    return List.of(EMBEDDINGS, BLOCK, UP, DOWN);
  }

  @Override
  public List<String> refusals(Request request) {
    return TinyPass.refusals(request, sites());
  }

  @Override
  public Prepared prepare(Request request) {
    List<String> refusals = refusals(request);
    if (!refusals.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", refusals));
    }
    return batch -> {
      if (first.isEmpty()) {
        first = values();
      }
      return forward(request, batch);
    };
  }

  private Forward forward(Request request, Batch batch) {
    TinyPass whole = new TinyPass(this, request, batch, TinyTexts.of(batch));
    boolean ends = request.positions() == Request.Positions.ROWS && TinyTexts.endsAtEachRow(batch);
    NDArray last = hidden(whole);
    Request uncaptured = request.capturing(List.of());
    Optional<NDArray> hidden =
        switch (request.positions()) {
          case NONE -> Optional.empty();
          case ALL -> Optional.of(everywhere(uncaptured, batch));
          case ROWS ->
              Optional.of(
                  switch (batch.pooling()) {
                    case POSITIONS ->
                        ends ? last : hidden(upTo(uncaptured, batch, batch.rows().toLongArray()));
                    case MEAN -> mean(uncaptured, batch);
                  });
        };
    return new Forward(hidden, whole.captured());
  }

  private TinyPass upTo(Request request, Batch batch, long... positions) {
    return new TinyPass(this, request, batch, TinyTexts.upTo(batch, positions));
  }

  /** Of every token, [B*S,d]. */
  private NDArray everywhere(Request request, Batch batch) {
    return hidden(upTo(request, batch, LongStream.range(0, batch.tokens().size()).toArray()));
  }

  /** [B,d]. */
  private NDArray mean(Request request, Batch batch) {
    NDArray all = everywhere(request, batch).reshape(batch.tokens().getShape().add(WIDTH));
    return Autograd.maskedMean(all, batch.mask());
  }

  /** h [R,d]. */
  private static NDArray hidden(TinyPass pass) {
    NDArray x = pass.mean();
    return x.add(pass.block(x)).squeeze(1);
  }

  NDArray weight(Site site) {
    return weights.get(site.name()).value();
  }

  /**
   * @param tokens [R,S]
   * @return [R,S,d]
   */
  NDArray embed(NDArray tokens) {
    long rows = tokens.getShape().get(0);
    long length = tokens.getShape().get(1);
    int vocabulary = TOKENIZER.vocabulary();
    return tokens
        .oneHot(vocabulary)
        .reshape(rows * length, vocabulary)
        .matMul(embeddings.value())
        .reshape(rows, length, WIDTH);
  }

  @Override
  public NDArray query(Batch batch, Router.Query query) {
    Request bare = Request.of(Wiring.NONE);
    NDArray view =
        switch (query) {
          case NONE -> throw new IllegalArgumentException("no query was asked for");
          case EMBEDDING_MEAN -> Autograd.maskedMean(embed(batch.tokens()), batch.mask());
          case EMBEDDING_MAX -> {
            NDArray padding = Autograd.scale(batch.mask().sub(1), 1e9).expandDims(2);
            yield embed(batch.tokens()).add(padding).max(new int[] {1});
          }
          case HIDDEN_MEAN -> mean(bare, batch);
          case HIDDEN_SUMMARY ->
              switch (summary) {
                case FIRST -> hidden(upTo(bare, batch, TinyTexts.firsts(batch)));
                case LAST -> hidden(new TinyPass(this, bare, batch, TinyTexts.of(batch)));
                case MEAN -> mean(bare, batch);
              };
        };
    return view.stopGradient();
  }

  @Override
  public Summary summary() {
    return summary;
  }

  @Override
  public Optional<LanguageModel> languageModel() {
    return Optional.of(new TinyLanguageModel(this, embeddings));
  }

  @Override
  public Optional<Weights> weights() {
    return Optional.of(new OwnWeights());
  }

  private final class OwnWeights implements Weights {
    @Override
    public Param of(Site site) {
      if (!weights.containsKey(site.name())) {
        throw new IllegalArgumentException(
            "site '%s' has no matrix; those that have one: %s"
                .formatted(site.name(), weights.keySet()));
      }
      return weights.get(site.name());
    }

    @Override
    public List<Param> all() {
      return Stream.concat(Stream.of(embeddings), weights.values().stream()).toList();
    }

    @Override
    public void export(Path folder) {
      throw new UnsupportedOperationException(
          "the tiny backbone is no Hugging Face model to be written to %s; test with a real one"
              .formatted(folder));
    }
  }
}

package org.continuo.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Forward;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.model.Tokenizer;
import org.continuo.api.model.Wiring;
import org.continuo.api.tensor.Autograd;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;

/**
 * {@code h = x + W_down tanh(W_up x)} for the mean x of a prompt's token embeddings, all weights
 * random and frozen. Experts attach to both projections or to the block of the two, which see one
 * token, the mean; soft prompts count as tokens of the mean.
 */
final class TinyBackbone implements Backbone {
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
  private final Map<String, Param> weights = new TreeMap<>();
  private List<float[]> first = List.of();

  TinyBackbone(Parameters parameters) {
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
        "tiny", "made up", "none", parameters, 1, WIDTH, vocabulary, 64, "float32");
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
      TinyPass pass = new TinyPass(this, request, batch);
      NDArray hidden = hidden(pass);
      return new Forward(
          request.positions() == Request.Positions.NONE ? Optional.empty() : Optional.of(hidden),
          pass.captured());
    };
  }

  /** h [B,d]. */
  private static NDArray hidden(TinyPass pass) {
    NDArray x = pass.mean();
    return x.add(pass.block(x)).squeeze(1);
  }

  NDArray weight(Site site) {
    return weights.get(site.name()).value();
  }

  /** [B,S,d]. */
  NDArray embed(Batch batch) {
    long rows = batch.tokens().getShape().get(0);
    long length = batch.tokens().getShape().get(1);
    int vocabulary = TOKENIZER.vocabulary();
    return batch
        .tokens()
        .oneHot(vocabulary)
        .reshape(rows * length, vocabulary)
        .matMul(embeddings.value())
        .reshape(rows, length, WIDTH);
  }

  @Override
  public NDArray query(Batch batch, Router.Query query) {
    return switch (query) {
      case NONE -> throw new IllegalArgumentException("no query was asked for");
      case EMBEDDING_MEAN -> Autograd.maskedMean(embed(batch), batch.mask()).stopGradient();
      case HIDDEN_MEAN -> hidden(new TinyPass(this, Request.of(Wiring.NONE), batch)).stopGradient();
    };
  }

  @Override
  public Summary summary() {
    return Summary.LAST;
  }
}

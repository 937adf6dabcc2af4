package org.continuo.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Forward;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.model.Tokenizer;
import org.continuo.api.tensor.Autograd;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;

/**
 * {@code h = x + W_down tanh(W_up x)} for the mean x of a prompt's token embeddings, all weights
 * random and frozen. Experts attach to both projections, which see one token, the mean.
 */
final class TinyBackbone implements Backbone {
  static final int WIDTH = 16;
  private static final int INNER = 24;
  private static final String BLOCK = "layers.0.feed-forward.";

  private final TinyTokenizer tokenizer = new TinyTokenizer();
  private final Site up = new Site(BLOCK + "up", 0, Site.Kind.LINEAR, WIDTH, INNER);
  private final Site down = new Site(BLOCK + "down", 0, Site.Kind.LINEAR, INNER, WIDTH);
  private final Param embeddings;
  private final Param upWeight;
  private final Param downWeight;
  private List<float[]> first = List.of();

  TinyBackbone(Parameters parameters) {
    embeddings = normal(parameters, "embeddings", tokenizer.vocabulary(), WIDTH, 1);
    upWeight = normal(parameters, up.name(), INNER, WIDTH, 0.25f);
    downWeight = normal(parameters, down.name(), WIDTH, INNER, 0.2f);
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
    List<float[]> values = new ArrayList<>();
    for (Param param : List.of(embeddings, upWeight, downWeight)) {
      values.add(param.value().toFloatArray());
    }
    return values;
  }

  @Override
  public Description description() {
    long parameters = (long) tokenizer.vocabulary() * WIDTH + 2L * WIDTH * INNER;
    return new Description(
        "tiny", "made up", "none", parameters, 1, WIDTH, tokenizer.vocabulary(), 64, "float32");
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public List<Site> sites() {
    return List.of(up, down);
  }

  @Override
  public List<String> refusals(Request request) {
    List<String> refusals = new ArrayList<>();
    if (!request.captures().isEmpty()) {
      refusals.add("the tiny backbone captures nothing; test with a real one");
    }
    if (!request.wiring().prompts().isEmpty()) {
      refusals.add("the tiny backbone reads no prompts; test with a real one");
    }
    if (request.wiring().mixtures().stream().anyMatch(Mixture::atBlock)) {
      refusals.add("the tiny backbone mixes no blocks; test with a real one");
    }
    return refusals;
  }

  @Override
  public Prepared prepare(Request request) {
    List<String> refusals = refusals(request);
    if (!refusals.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", refusals));
    }
    return batch -> forward(request, batch);
  }

  private Forward forward(Request request, Batch batch) {
    if (first.isEmpty()) {
      first = values();
    }
    NDArray x = Autograd.maskedMean(embed(batch), batch.mask()).expandDims(1);
    NDArray inner = project(up, upWeight, x, request, batch).tanh();
    NDArray y = x.add(project(down, downWeight, inner, request, batch));
    return new Forward(Optional.of(y.squeeze(1)), Map.of());
  }

  private static NDArray project(Site site, Param weight, NDArray x, Request request, Batch batch) {
    NDArray y = x.matMul(weight.value().transpose());
    for (Mixture mixture : request.wiring().mixtures()) {
      if (mixture.sites().contains(site)) {
        NDArray mask = batch.mask().getManager().ones(new Shape(batch.size(), 1));
        y =
            mixture.mix(
                new Router.Input(
                    site, x, mask, Optional.empty(), mixture.experts(), request.training()),
                x,
                y);
      }
    }
    return y;
  }

  private NDArray embed(Batch batch) {
    long length = batch.tokens().getShape().get(1);
    int vocabulary = tokenizer.vocabulary();
    return batch
        .tokens()
        .oneHot(vocabulary)
        .reshape(batch.size() * length, vocabulary)
        .matMul(embeddings.value())
        .reshape(batch.size(), length, WIDTH);
  }

  @Override
  public NDArray query(Batch batch, Router.Query query) {
    return Autograd.maskedMean(embed(batch), batch.mask());
  }

  @Override
  public Summary summary() {
    return Summary.LAST;
  }
}

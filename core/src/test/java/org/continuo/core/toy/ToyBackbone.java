package org.continuo.core.toy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
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

/** Mean of random embeddings, one linear site, tanh: small enough to reason about. */
public final class ToyBackbone implements Backbone {
  static final int WIDTH = 16;
  static final int VOCABULARY = 64;

  private final Site site = new Site("layers.0.feed-forward.up", 0, Site.Kind.LINEAR, WIDTH, WIDTH);
  private final Param embeddings;
  private final Param weight;

  public ToyBackbone(Parameters parameters) {
    embeddings =
        parameters.param(
            "embeddings",
            new Shape(VOCABULARY, WIDTH),
            (m, shape) -> m.randomNormal(0, 1, shape, DataType.FLOAT32));
    weight =
        parameters.param(
            "weight",
            new Shape(WIDTH, WIDTH),
            (m, shape) -> m.randomNormal(0, 0.25f, shape, DataType.FLOAT32));
  }

  @Override
  public Description description() {
    return new Description(
        "toy",
        "made up",
        "0",
        VOCABULARY * WIDTH + WIDTH * WIDTH,
        1,
        WIDTH,
        VOCABULARY,
        32,
        "F32",
        Optional.empty());
  }

  @Override
  public Tokenizer tokenizer() {
    return new ToyTokenizer();
  }

  @Override
  public List<Site> sites() {
    return List.of(site);
  }

  @Override
  public List<String> refusals(Request request) {
    return request.captures().isEmpty() ? List.of() : List.of("the toy captures nothing");
  }

  @Override
  public Prepared prepare(Request request) {
    return batch -> forward(request, batch);
  }

  private Forward forward(Request request, Batch batch) {
    NDArray x = Autograd.maskedMean(embed(batch), batch.mask()).expandDims(1);
    NDArray y = x.matMul(weight.value().transpose());
    for (Mixture mixture : request.wiring().mixtures()) {
      Router.Input input =
          new Router.Input(
              site, x, batch.mask(), Optional.empty(), mixture.experts(), request.training());
      y = mixture.mix(input, x, y);
    }
    return new Forward(Optional.of(y.squeeze(1).tanh()), java.util.Map.of());
  }

  private NDArray embed(Batch batch) {
    long length = batch.tokens().getShape().get(1);
    NDArray table = embeddings.value();
    return batch
        .tokens()
        .oneHot(VOCABULARY)
        .reshape(batch.size() * length, VOCABULARY)
        .matMul(table)
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

  /** Words to ids by their hash. */
  private static final class ToyTokenizer implements Tokenizer {
    @Override
    public long[] encode(String text) {
      long[] piece = encodePiece(text);
      long[] ids = new long[piece.length + 1];
      ids[0] = 1;
      System.arraycopy(piece, 0, ids, 1, piece.length);
      return ids;
    }

    @Override
    public long[] encodePiece(String text) {
      return text.isBlank()
          ? new long[0]
          : java.util.Arrays.stream(text.strip().split("\\s+"))
              .mapToLong(word -> 3 + Math.floorMod(word.hashCode(), VOCABULARY - 3))
              .toArray();
    }

    @Override
    public String decode(long[] ids) {
      return java.util.Arrays.toString(ids);
    }

    @Override
    public int vocabulary() {
      return VOCABULARY;
    }

    @Override
    public long paddingId() {
      return 0;
    }

    @Override
    public List<Long> endIds() {
      return List.of(2L);
    }

    @Override
    public String describe() {
      return "hashed words";
    }
  }
}

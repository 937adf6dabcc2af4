package org.continuo.backbone.pytorch.network;

import static org.continuo.api.model.Projection.DOWN;
import static org.continuo.api.model.Projection.GATE;
import static org.continuo.api.model.Projection.KEY;
import static org.continuo.api.model.Projection.OUTPUT;
import static org.continuo.api.model.Projection.QUERY;
import static org.continuo.api.model.Projection.UP;
import static org.continuo.api.model.Projection.VALUE;

import java.util.Optional;
import java.util.stream.IntStream;
import org.continuo.api.model.Site;
import org.continuo.api.tensor.Param;
import org.continuo.checkpoints.CheckpointConfig;
import org.continuo.checkpoints.CheckpointConfig.Norms;
import org.continuo.checkpoints.Sites;

/** Puts a network together from its parts, as the configuration says and by nothing else. */
final class Assembly {
  private final CheckpointConfig config;
  private final WeightSource weights;
  private final Sites sites;

  Assembly(CheckpointConfig config, WeightSource weights) {
    this.config = config;
    this.weights = weights;
    this.sites = new Sites(config);
  }

  Network network() {
    Embeddings embeddings = embeddings();
    var layers = IntStream.range(0, config.layers()).mapToObj(this::layer).toList();
    Optional<Norm> last = normed(config.norms().place() != Norms.Place.AFTER, "norm");
    return new Network(
        config,
        embeddings,
        layers,
        new RotaryTables(config.heads().size()),
        last,
        sites.output(),
        head(embeddings.tokens()));
  }

  private Embeddings embeddings() {
    CheckpointConfig.Embeddings form = config.embeddings();
    int width = config.width();
    Param tokens = weights.param("embeddings.tokens.weight", config.vocabulary(), width);
    Optional<Embeddings.Positions> positions = Optional.empty();
    if (form.positionOffset().isPresent()) {
      int offset = form.positionOffset().getAsInt();
      long rows = (long) config.maximumLength() + offset;
      positions =
          Optional.of(
              new Embeddings.Positions(
                  weights.param("embeddings.positions.weight", rows, width), offset));
    }
    return new Embeddings(
        sites.embeddings(),
        tokens,
        form.scale(),
        positions,
        form.tokenTypes() > 0
            ? Optional.of(weights.param("embeddings.token-types.weight", form.tokenTypes(), width))
            : Optional.empty(),
        normed(form.normed(), "embeddings.norm"));
  }

  /** Empty for encoders, and for decoders that were stored without. */
  private Optional<Head> head(Param tokens) {
    return config
        .head()
        .filter(form -> form.tied() || weights.holds("head.weight"))
        .map(
            form ->
                new Head(
                    form.tied()
                        ? tokens
                        : weights.param("head.weight", config.vocabulary(), config.width()),
                    form.cap()));
  }

  private Layer layer(int index) {
    String name = "layers." + index + ".";
    Norms.Place place = config.norms().place();
    if (place == Norms.Place.AFTER) {
      return new Layer.PostNorm(
          sites.layer(index),
          attention(index),
          norm(name + "attention-norm", config.width()),
          feedForward(index),
          norm(name + "feed-forward-norm", config.width()));
    }
    // what the first layer reads is normed once, as embeddings
    boolean first = index == 0 && config.embeddings().normed();
    boolean around = place == Norms.Place.AROUND;
    return new Layer.PreNorm(
        sites.layer(index),
        normed(!first, name + "attention-norm"),
        attention(index),
        normed(around, name + "attention-output-norm"),
        norm(name + "feed-forward-norm", config.width()),
        feedForward(index),
        normed(around, name + "feed-forward-output-norm"));
  }

  private Attention attention(int layer) {
    String name = "layers." + layer + ".attention.";
    boolean bias = config.biases().queryKeyValue();
    return new Attention(
        layer,
        sites.prefix(layer),
        projection(layer, QUERY, bias),
        projection(layer, KEY, bias),
        projection(layer, VALUE, bias),
        projection(layer, OUTPUT, config.biases().output()),
        headNorm(name + "query-norm"),
        headNorm(name + "key-norm"),
        config.heads(),
        config.rope(layer),
        config.scores().scale(layer),
        config.scores().cap(),
        config.window().at(layer));
  }

  private FeedForward feedForward(int layer) {
    boolean bias = config.biases().feedForward();
    return new FeedForward(
        sites.feedForward(layer),
        config.feedForward().gated()
            ? Optional.of(projection(layer, GATE, bias))
            : Optional.empty(),
        projection(layer, UP, bias),
        projection(layer, DOWN, bias),
        config.feedForward().activation());
  }

  private Projection projection(
      int layer, org.continuo.api.model.Projection projection, boolean biased) {
    Site site = sites.linear(layer, projection);
    return new Projection(
        site,
        weights.param(site.name() + ".weight", site.out(), site.in()),
        biased ? Optional.of(weights.param(site.name() + ".bias", site.out())) : Optional.empty());
  }

  private Optional<Norm> headNorm(String name) {
    return config.norms().queryKey()
        ? Optional.of(norm(name, config.heads().size()))
        : Optional.empty();
  }

  private Optional<Norm> normed(boolean there, String name) {
    return there ? Optional.of(norm(name, config.width())) : Optional.empty();
  }

  private Norm norm(String name, int width) {
    Param weight = weights.param(name + ".weight", width);
    double epsilon = config.norms().epsilon();
    return switch (config.norms().kind()) {
      case ROOT_MEAN_SQUARE ->
          new Norm.RootMeanSquare(weight, Norm.RootMeanSquare.Weight.AS_STORED, epsilon);
      case ROOT_MEAN_SQUARE_FROM_ONE ->
          new Norm.RootMeanSquare(weight, Norm.RootMeanSquare.Weight.FROM_ONE, epsilon);
      case LAYER ->
          new Norm.Layer(weight, Optional.of(weights.param(name + ".bias", width)), epsilon);
      case LAYER_WITHOUT_SHIFT -> new Norm.Layer(weight, Optional.empty(), epsilon);
    };
  }
}

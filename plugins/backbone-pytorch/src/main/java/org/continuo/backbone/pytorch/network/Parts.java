package org.continuo.backbone.pytorch.network;

import java.util.Optional;
import org.continuo.api.model.Site;
import org.continuo.backbone.pytorch.checkpoint.CheckpointConfig;
import org.continuo.backbone.pytorch.checkpoint.CheckpointConfig.Heads;

/** The parts decoders and encoders share, with their sites. */
record Parts(CheckpointConfig config, WeightSource weights) {
  /** Of a feed-forward block. */
  enum Shape {
    PLAIN,
    GATED
  }

  private enum Bias {
    WITHOUT,
    WITH;

    static Bias of(boolean there) {
      return there ? WITH : WITHOUT;
    }
  }

  Site embeddingSite() {
    return new Site("embeddings", -1, Site.Kind.EMBEDDING, config.width(), config.width());
  }

  Site outputSite() {
    return new Site("output", config.layers(), Site.Kind.OUTPUT, config.width(), config.width());
  }

  Attention attention(int layer, Optional<Norm> queryNorm, Optional<Norm> keyNorm) {
    String name = "layers." + layer + ".attention.";
    int width = config.width();
    Heads heads = config.heads();
    int queries = heads.count() * heads.size();
    int shared = heads.keyValue() * heads.size();
    Bias bias = Bias.of(config.biases().queryKeyValue());
    return new Attention(
        layer,
        new Site("layers." + layer + ".prefix", layer, Site.Kind.PREFIX, width, 2 * shared),
        projection(name + "query", layer, width, queries, bias),
        projection(name + "key", layer, width, shared, bias),
        projection(name + "value", layer, width, shared, bias),
        projection(name + "output", layer, queries, width, Bias.of(config.biases().output())),
        queryNorm,
        keyNorm,
        heads,
        config.window().at(layer));
  }

  FeedForward feedForward(int layer, Shape shape) {
    String name = "layers." + layer + ".feed-forward";
    int width = config.width();
    int inner = config.inner();
    Bias bias = Bias.of(config.biases().feedForward());
    return new FeedForward(
        new Site(name, layer, Site.Kind.FEED_FORWARD, width, width),
        shape == Shape.GATED
            ? Optional.of(projection(name + ".gate", layer, width, inner, bias))
            : Optional.empty(),
        projection(name + ".up", layer, width, inner, bias),
        projection(name + ".down", layer, inner, width, bias),
        config.activation());
  }

  private Projection projection(String name, int layer, int in, int out, Bias bias) {
    return new Projection(
        new Site(name, layer, Site.Kind.LINEAR, in, out),
        weights.param(name + ".weight", out, in),
        bias == Bias.WITH ? Optional.of(weights.param(name + ".bias", out)) : Optional.empty());
  }
}

package org.continuo.backbone.pytorch.network;

import java.util.Optional;
import java.util.stream.IntStream;
import org.continuo.api.tensor.Param;
import org.continuo.checkpoints.CheckpointConfig;
import org.continuo.checkpoints.Sites;

/** Puts together a model of the BERT kind: post-norm, absolute positions, blocks without gate. */
final class Encoder {
  private final CheckpointConfig config;
  private final WeightSource weights;
  private final Sites sites;
  private final Parts parts;

  Encoder(CheckpointConfig config, WeightSource weights) {
    this.config = config;
    this.weights = weights;
    this.sites = new Sites(config);
    this.parts = new Parts(config, sites, weights);
  }

  Network network() {
    int width = config.width();
    Param tokens = weights.param("embeddings.tokens.weight", config.vocabulary(), width);
    long positionRows = (long) config.maximumLength() + config.positionOffset();
    Param positions = weights.param("embeddings.positions.weight", positionRows, width);
    Optional<Param> types =
        config.tokenTypes() > 0
            ? Optional.of(
                weights.param("embeddings.token-types.weight", config.tokenTypes(), width))
            : Optional.empty();
    Embeddings embeddings =
        new Embeddings(
            sites.embeddings(),
            tokens,
            Optional.of(positions),
            config.positionOffset(),
            types,
            Optional.of(norm("embeddings.norm")));
    var layers = IntStream.range(0, config.layers()).mapToObj(this::layer).toList();
    return new Network(
        config,
        embeddings,
        layers,
        Optional.empty(),
        Optional.empty(),
        sites.output(),
        Optional.empty());
  }

  private Layer layer(int index) {
    String name = "layers." + index;
    return new Layer.PostNorm(
        sites.layer(index),
        parts.attention(index, Optional.empty(), Optional.empty()),
        norm(name + ".attention-norm"),
        parts.feedForward(index),
        norm(name + ".feed-forward-norm"));
  }

  private Norm norm(String name) {
    return new Norm.Layer(
        weights.param(name + ".weight", config.width()),
        weights.param(name + ".bias", config.width()),
        config.epsilon());
  }
}

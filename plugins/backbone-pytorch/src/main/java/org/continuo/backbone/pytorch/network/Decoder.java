package org.continuo.backbone.pytorch.network;

import java.util.Optional;
import java.util.stream.IntStream;
import org.continuo.api.tensor.Param;
import org.continuo.checkpoints.CheckpointConfig;
import org.continuo.checkpoints.Sites;

/** Puts together a causal model of the Llama kind: pre-norm, rotary positions, gated blocks. */
final class Decoder {
  private final CheckpointConfig config;
  private final WeightSource weights;
  private final Sites sites;
  private final Parts parts;

  Decoder(CheckpointConfig config, WeightSource weights) {
    this.config = config;
    this.weights = weights;
    this.sites = new Sites(config);
    this.parts = new Parts(config, sites, weights);
  }

  Network network() {
    int width = config.width();
    Param tokens = weights.param("embeddings.tokens.weight", config.vocabulary(), width);
    Embeddings embeddings =
        new Embeddings(
            sites.embeddings(), tokens, Optional.empty(), 0, Optional.empty(), Optional.empty());
    var layers = IntStream.range(0, config.layers()).mapToObj(this::layer).toList();
    Norm norm = norm("norm", width);
    Optional<Param> head =
        config.tied()
            ? Optional.of(tokens)
            : weights.holds("head.weight")
                ? Optional.of(weights.param("head.weight", config.vocabulary(), width))
                : Optional.empty();
    return new Network(
        config,
        embeddings,
        layers,
        config.rope().map(rope -> new RotaryTable(rope, config.heads().size())),
        Optional.of(norm),
        sites.output(),
        head);
  }

  private Layer layer(int index) {
    String name = "layers." + index;
    int width = config.width();
    Optional<Norm> queryNorm = headNorm(name + ".attention.query-norm");
    Optional<Norm> keyNorm = headNorm(name + ".attention.key-norm");
    return new Layer.PreNorm(
        sites.layer(index),
        norm(name + ".attention-norm", width),
        parts.attention(index, queryNorm, keyNorm),
        norm(name + ".feed-forward-norm", width),
        parts.feedForward(index));
  }

  private Norm norm(String name, int width) {
    return new Norm.RootMeanSquare(weights.param(name + ".weight", width), config.epsilon());
  }

  private Optional<Norm> headNorm(String name) {
    return config.queryKeyNorms()
        ? Optional.of(norm(name, config.heads().size()))
        : Optional.empty();
  }
}

package org.continuo.backbone.pytorch.network;

import static org.continuo.api.model.Projection.DOWN;
import static org.continuo.api.model.Projection.GATE;
import static org.continuo.api.model.Projection.KEY;
import static org.continuo.api.model.Projection.OUTPUT;
import static org.continuo.api.model.Projection.QUERY;
import static org.continuo.api.model.Projection.UP;
import static org.continuo.api.model.Projection.VALUE;

import java.util.Optional;
import org.continuo.api.model.Site;
import org.continuo.checkpoints.CheckpointConfig;
import org.continuo.checkpoints.Sites;

/** The parts decoders and encoders share. */
record Parts(CheckpointConfig config, Sites sites, WeightSource weights) {
  private enum Bias {
    WITHOUT,
    WITH;

    static Bias of(boolean there) {
      return there ? WITH : WITHOUT;
    }
  }

  Attention attention(int layer, Optional<Norm> queryNorm, Optional<Norm> keyNorm) {
    Bias bias = Bias.of(config.biases().queryKeyValue());
    return new Attention(
        layer,
        sites.prefix(layer),
        projection(sites.linear(layer, QUERY), bias),
        projection(sites.linear(layer, KEY), bias),
        projection(sites.linear(layer, VALUE), bias),
        projection(sites.linear(layer, OUTPUT), Bias.of(config.biases().output())),
        queryNorm,
        keyNorm,
        config.heads(),
        config.window().at(layer));
  }

  FeedForward feedForward(int layer) {
    Bias bias = Bias.of(config.biases().feedForward());
    return new FeedForward(
        sites.feedForward(layer),
        sites.block().contains(GATE)
            ? Optional.of(projection(sites.linear(layer, GATE), bias))
            : Optional.empty(),
        projection(sites.linear(layer, UP), bias),
        projection(sites.linear(layer, DOWN), bias),
        config.activation());
  }

  private Projection projection(Site site, Bias bias) {
    return new Projection(
        site,
        weights.param(site.name() + ".weight", site.out(), site.in()),
        bias == Bias.WITH
            ? Optional.of(weights.param(site.name() + ".bias", site.out()))
            : Optional.empty());
  }
}

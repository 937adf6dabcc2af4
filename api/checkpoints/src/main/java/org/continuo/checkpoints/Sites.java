package org.continuo.checkpoints;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Site;
import org.continuo.api.plugin.Stability;

/** The places of a model where experts attach, by its configuration alone. */
@Stability(Stability.Level.EVOLVING)
public record Sites(CheckpointConfig config) {

  /** In the order the data meets them. */
  public List<Site> all() {
    List<Site> sites = new ArrayList<>();
    sites.add(embeddings());
    for (int layer = 0; layer < config.layers(); layer++) {
      sites.add(prefix(layer));
      for (Projection projection : attention()) {
        sites.add(linear(layer, projection));
      }
      sites.add(feedForward(layer));
      for (Projection projection : block()) {
        sites.add(linear(layer, projection));
      }
      sites.add(layer(layer));
    }
    sites.add(output());
    return List.copyOf(sites);
  }

  /** The projections of a layer's attention. */
  public static List<Projection> attention() {
    return List.of(Projection.QUERY, Projection.KEY, Projection.VALUE, Projection.OUTPUT);
  }

  /** Those of its feed-forward block. */
  public List<Projection> block() {
    return Stream.of(Projection.GATE, Projection.UP, Projection.DOWN)
        .filter(projection -> config.feedForward().gated() || projection != Projection.GATE)
        .toList();
  }

  public Site embeddings() {
    return new Site("embeddings", -1, Site.Kind.EMBEDDING, config.width(), config.width());
  }

  public Site prefix(int layer) {
    return new Site(
        name(layer) + ".prefix", layer, Site.Kind.PREFIX, config.width(), 2 * keyValueWidth());
  }

  /** The place whose matrix is [out,in]. */
  public Site linear(int layer, Projection projection) {
    int width = config.width();
    int inner = config.feedForward().width();
    int queries = config.heads().count() * config.heads().size();
    return switch (projection) {
      case QUERY -> linear(layer, "attention", projection, width, queries);
      case KEY, VALUE -> linear(layer, "attention", projection, width, keyValueWidth());
      case OUTPUT -> linear(layer, "attention", projection, queries, width);
      case GATE, UP -> linear(layer, "feed-forward", projection, width, inner);
      case DOWN -> linear(layer, "feed-forward", projection, inner, width);
      case FINAL ->
          throw new IllegalArgumentException("no layer has the final hidden states: see output()");
    };
  }

  private static Site linear(int layer, String part, Projection projection, int in, int out) {
    String name = name(layer) + "." + part + "." + projection.part();
    return new Site(name, layer, Site.Kind.LINEAR, in, out);
  }

  public Site feedForward(int layer) {
    return new Site(
        name(layer) + ".feed-forward",
        layer,
        Site.Kind.FEED_FORWARD,
        config.width(),
        config.width());
  }

  public Site layer(int layer) {
    return new Site(name(layer), layer, Site.Kind.LAYER, config.width(), config.width());
  }

  public Site output() {
    return new Site("output", config.layers(), Site.Kind.OUTPUT, config.width(), config.width());
  }

  private int keyValueWidth() {
    return config.heads().keyValue() * config.heads().size();
  }

  private static String name(int layer) {
    return "layers." + layer;
  }
}

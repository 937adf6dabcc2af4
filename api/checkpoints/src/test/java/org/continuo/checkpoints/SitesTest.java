package org.continuo.checkpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Site;
import org.continuo.api.model.Site.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SitesTest {
  @TempDir private Path folder;

  private Sites sites(Family family) {
    return new Sites(Configs.read(family, folder, json -> {}));
  }

  @Test
  void aDecoderInTheOrderTheDataMeetsIt() {
    List<Site> all = sites(Family.MISTRAL).all();
    assertEquals(1 + 3 * 10 + 1, all.size());
    assertEquals(new Site("embeddings", -1, Kind.EMBEDDING, 64, 64), all.get(0));
    assertEquals(
        List.of(
            new Site("layers.1.prefix", 1, Kind.PREFIX, 64, 2 * 32),
            new Site("layers.1.attention.query", 1, Kind.LINEAR, 64, 128),
            new Site("layers.1.attention.key", 1, Kind.LINEAR, 64, 32),
            new Site("layers.1.attention.value", 1, Kind.LINEAR, 64, 32),
            new Site("layers.1.attention.output", 1, Kind.LINEAR, 128, 64),
            new Site("layers.1.feed-forward", 1, Kind.FEED_FORWARD, 64, 64),
            new Site("layers.1.feed-forward.gate", 1, Kind.LINEAR, 64, 160),
            new Site("layers.1.feed-forward.up", 1, Kind.LINEAR, 64, 160),
            new Site("layers.1.feed-forward.down", 1, Kind.LINEAR, 160, 64),
            new Site("layers.1", 1, Kind.LAYER, 64, 64)),
        all.stream().filter(site -> site.layer() == 1).toList());
    assertEquals(new Site("output", 3, Kind.OUTPUT, 64, 64), all.get(31));
  }

  @Test
  void anEncoderHasNoGate() {
    Sites bert = sites(Family.BERT);
    assertEquals(1 + 3 * 9 + 1, bert.all().size());
    assertEquals(List.of(Projection.UP, Projection.DOWN), bert.block());
  }
}

package org.continuo.api.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.continuo.api.tensor.Param;
import org.junit.jupiter.api.Test;

class MixtureTest {
  private static final Site SITE = new Site("layers.0.attention.query", 0, Site.Kind.LINEAR, 2, 2);

  /** Adds the same number everywhere. */
  private record Shift(String name, float by) implements Expert {
    @Override
    public List<Site> sites() {
      return List.of(SITE);
    }

    @Override
    public List<Param> params() {
      return List.of();
    }

    @Override
    public NDArray delta(Site site, NDArray x, NDArray wx, boolean training) {
      return wx.zerosLike().add(by);
    }
  }

  @Test
  void deltasAreWeighedByTheRouter() {
    try (NDManager scope = Engine.getEngine("PyTorch").newBaseManager()) {
      List<Expert> experts = List.of(new Shift("a", 1), new Shift("b", 10));
      Mixture mixture = new Mixture(List.of(SITE), experts, new Router.Constant(List.of(0.5, 2.0)));
      NDArray x = scope.ones(new Shape(1, 1, 2));
      NDArray mask = scope.ones(new Shape(1, 1));
      Router.Input input = new Router.Input(SITE, x, mask, Optional.empty(), experts, false);
      assertArrayEquals(
          new float[] {120.5f, 120.5f}, mixture.mix(input, x, x.add(99)).toFloatArray(), 1e-4f);
      assertArrayEquals(
          new float[] {12, 12}, Mixture.sum(experts).mix(input, x, x).toFloatArray(), 1e-6f);
    }
  }

  @Test
  void sitesMustBeOfOneKind() {
    Site block = new Site("layers.0.feed-forward", 0, Site.Kind.FEED_FORWARD, 2, 2);
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Mixture(
                    List.of(SITE, block), List.of(new Shift("a", 1)), Router.Constant.sum(1)));
    assertTrue(thrown.getMessage().startsWith("a mixture needs sites of one kind"));
  }
}

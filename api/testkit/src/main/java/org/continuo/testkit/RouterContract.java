package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.junit.jupiter.api.Test;

/** What every router keeps to. The test class of a router extends it and names the plugin. */
public abstract class RouterContract extends PluginContract<Router.Factory> {
  private static final int ROWS = 2;
  private static final int TOKENS = 3;
  private static final int EXPERTS = 4;
  private static final Site SITE =
      new Site("layers.0.feed-forward", 0, Site.Kind.FEED_FORWARD, 6, 6);

  protected RouterContract() {}

  /** K, where a router is for a number of experts of its own. */
  protected int experts() {
    return EXPERTS;
  }

  /** Whether the weights of a token are shares: none negative, 1 in sum. */
  protected boolean givesShares() {
    return true;
  }

  private Router router(TinyParameters parameters) {
    return factory().create("router", List.of(SITE), experts(), parameters);
  }

  private NDArray weights(Router router, NDManager scope) {
    Optional<NDArray> asked =
        router.query() == Router.Query.NONE
            ? Optional.empty()
            : Optional.of(Gaussian.array(scope, 6, ROWS, SITE.in()));
    return router.weights(
        new Router.Input(
            SITE,
            Gaussian.array(scope, 5, ROWS, TOKENS, SITE.in()),
            scope.create(new float[] {1, 1, 1, 1, 1, 0}, new Shape(ROWS, TOKENS)),
            asked,
            Collections.nCopies(experts(), Expert.NONE),
            false));
  }

  @Test
  void weighsEveryExpertForTokensSequencesOrTheBatch() {
    try (TinyParameters parameters = new TinyParameters(1)) {
      Shape shape = weights(router(parameters), parameters.scope()).getShape();
      assertEquals(3, shape.dimension(), () -> "dimensions of " + shape);
      assertTrue(
          List.of(1L, (long) ROWS).contains(shape.get(0))
              && List.of(1L, (long) TOKENS).contains(shape.get(1)),
          () -> "weights " + shape + " for " + ROWS + " rows of " + TOKENS + " tokens");
      assertEquals(experts(), shape.get(2));
    }
  }

  @Test
  void givesSharesIfItSaysSo() {
    try (TinyParameters parameters = new TinyParameters(1)) {
      NDArray weights = weights(router(parameters), parameters.scope());
      boolean shares =
          weights.min().getFloat() >= 0
              && weights.sum(new int[] {2}).sub(1).abs().max().getFloat() < 1e-5;
      assertEquals(givesShares(), shares, () -> "weights " + weights);
    }
  }

  @Test
  void givesTheSameBitsForTheSameSeedAndOnceSavedAndLoaded() {
    try (TinyParameters one = new TinyParameters(1);
        TinyParameters same = new TinyParameters(1);
        TinyParameters loaded = new TinyParameters(2)) {
      float[] weights = weights(router(one), one.scope()).toFloatArray();
      assertArrayEquals(weights, weights(router(same), same.scope()).toFloatArray());
      Router other = router(loaded);
      one.values().forEach(loaded::assign);
      assertArrayEquals(weights, weights(other, loaded.scope()).toFloatArray());
    }
  }

  /** They need not be equal: who wires a router keeps it. */
  @Test
  void weighsAlikeWhenMadeTwiceUnderOneName() {
    try (TinyParameters parameters = new TinyParameters(1)) {
      Router one = router(parameters);
      Router again = router(parameters);
      assertEquals(one.params(), again.params());
      assertArrayEquals(
          weights(one, parameters.scope()).toFloatArray(),
          weights(again, parameters.scope()).toFloatArray());
    }
  }

  @Test
  void givesTheGradientOfWhatItComputes() {
    try (TinyParameters parameters = new TinyParameters(1)) {
      Router router = router(parameters);
      if (parameters.all().isEmpty()) {
        assertEquals(List.of(), router.params());
        return;
      }
      NumericGradient.check(parameters, () -> weights(router, parameters.scope()).square().sum());
    }
  }

  @Test
  void leavesNoNativeArrayBehind() {
    try (TinyParameters parameters = new TinyParameters(1)) {
      Router router = router(parameters);
      parameters.values();
      int before = parameters.alive();
      parameters.within(scope -> weights(router, scope));
      assertEquals(before, parameters.alive(), "native arrays alive");
    }
  }
}

package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Site;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every expert keeps to. The test class of an expert extends it and names the plugin. */
public abstract class ExpertContract extends PluginContract<Expert.Factory> {
  private static final int ROWS = 2;
  private static final int TOKENS = 3;
  private static final List<Site> SITES = List.of(TinyBackbone.UP, TinyBackbone.DOWN);

  private final TinyParameters backbone = new TinyParameters(7);
  private final Optional<Backbone.Weights> weights = new TinyBackbone(backbone).weights();

  protected ExpertContract() {}

  /** Whether a new expert leaves the model as it is. */
  protected boolean startsAtZero() {
    return true;
  }

  @AfterEach
  void close() {
    backbone.close();
  }

  private Expert expert(TinyParameters parameters) {
    return expert(SITES, parameters);
  }

  private Expert expert(List<Site> sites, TinyParameters parameters) {
    return factory().create("expert", sites, parameters, weights);
  }

  private static NDArray delta(Expert expert, Site site, NDManager scope, boolean training) {
    return expert.delta(
        site,
        Gaussian.array(scope, 1, ROWS, TOKENS, site.in()),
        Gaussian.array(scope, 2, ROWS, TOKENS, site.out()),
        training);
  }

  /** Values as after some training: away from the first ones, which may be special. */
  private static void train(Expert expert, TinyParameters parameters) {
    expert.params().forEach(param -> Gaussian.fill(parameters, param, 0.3));
  }

  @Test
  void attachesToTheSitesItIsGiven() {
    try (TinyParameters parameters = new TinyParameters(1)) {
      Expert expert = expert(parameters);
      assertEquals("expert", expert.name());
      assertEquals(SITES, expert.sites());
      assertTrue(
          expert.params().stream().allMatch(param -> param.name().startsWith("expert")),
          () -> "names of its parameters: " + expert.params());
      for (Site site : SITES) {
        assertEquals(
            new Shape(ROWS, TOKENS, site.out()),
            delta(expert, site, parameters.scope(), false).getShape());
      }
    }
  }

  @Test
  void startsAsItSays() {
    try (TinyParameters parameters = new TinyParameters(1)) {
      Expert expert = expert(parameters);
      for (Site site : SITES) {
        float largest = delta(expert, site, parameters.scope(), false).abs().max().getFloat();
        assertEquals(startsAtZero(), largest == 0, () -> "largest first value " + largest);
      }
    }
  }

  @Test
  void givesTheSameBitsForTheSameSeed() {
    assertArrayEquals(trained(1), trained(1));
  }

  private float[] trained(int seed) {
    try (TinyParameters parameters = new TinyParameters(seed)) {
      Expert expert = expert(parameters);
      train(expert, parameters);
      Engine.getInstance().setRandomSeed(seed);
      return delta(expert, SITES.get(0), parameters.scope(), true).toFloatArray();
    }
  }

  @Test
  void saysTheSameOnceSavedAndLoaded() {
    try (TinyParameters saved = new TinyParameters(1);
        TinyParameters loaded = new TinyParameters(2)) {
      Expert one = expert(saved);
      train(one, saved);
      Expert other = expert(loaded);
      other.params();
      saved.values().forEach(loaded::assign);
      for (Site site : SITES) {
        assertArrayEquals(
            delta(one, site, saved.scope(), false).toFloatArray(),
            delta(other, site, loaded.scope(), false).toFloatArray());
      }
    }
  }

  @Test
  void givesTheGradientOfWhatItComputes() {
    for (Site site : SITES) {
      try (TinyParameters parameters = new TinyParameters(1)) {
        Expert expert = expert(List.of(site), parameters);
        train(expert, parameters);
        NumericGradient.check(
            parameters,
            () -> {
              NDArray delta = delta(expert, site, parameters.scope(), false);
              return delta
                  .mul(Gaussian.array(parameters.scope(), 4, ROWS, TOKENS, site.out()))
                  .sum();
            });
      }
    }
  }

  @Test
  void leavesNoNativeArrayBehind() {
    try (TinyParameters parameters = new TinyParameters(1)) {
      Expert expert = expert(parameters);
      train(expert, parameters);
      backbone.values();
      int before = parameters.alive() + backbone.alive();
      backbone.within(
          lent ->
              parameters.within(scope -> SITES.forEach(site -> delta(expert, site, scope, true))));
      assertEquals(before, parameters.alive() + backbone.alive(), "native arrays alive");
    }
  }
}

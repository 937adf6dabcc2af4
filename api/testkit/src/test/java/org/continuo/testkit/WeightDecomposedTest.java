package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Site;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An expert may read the matrix it attaches to: the host gives it, and so does the contract. */
class WeightDecomposedTest {
  private static final int RANK = 2;

  /**
   * {@code m (W + B A) x / |W + B A|}, norms of rows, m those of W at first (DoRA, Liu et al. 2024,
   * eq. 5), as what it adds to {@code W x}.
   */
  private record WeightDecomposed(
      String name,
      List<Site> sites,
      Backbone.Weights weights,
      Map<Site, Param> a,
      Map<Site, Param> b,
      Map<Site, Param> magnitude)
      implements Expert {

    static WeightDecomposed of(
        String name, List<Site> sites, Parameters parameters, Backbone.Weights weights) {
      return new WeightDecomposed(
          name,
          sites,
          weights,
          bySite(
              sites,
              site ->
                  parameters.param(
                      name + "/" + site.name() + ".A",
                      new Shape(RANK, site.in()),
                      (manager, shape) -> manager.randomNormal(0, 0.2f, shape, DataType.FLOAT32))),
          bySite(
              sites,
              site ->
                  parameters.param(
                      name + "/" + site.name() + ".B",
                      new Shape(site.out(), RANK),
                      (manager, shape) -> manager.zeros(shape, DataType.FLOAT32))),
          bySite(
              sites,
              site ->
                  parameters.param(
                      name + "/" + site.name() + ".magnitude",
                      new Shape(site.out()),
                      (manager, shape) ->
                          manager.create(norms(weights.of(site).value()).toFloatArray(), shape))));
    }

    private static Map<Site, Param> bySite(List<Site> sites, Function<Site, Param> param) {
      return sites.stream().collect(Collectors.toMap(site -> site, param));
    }

    private static NDArray norms(NDArray matrix) {
      return matrix.square().sum(new int[] {1}).sqrt();
    }

    @Override
    public List<Param> params() {
      return Stream.of(a, b, magnitude)
          .flatMap(matrices -> sites.stream().map(matrices::get))
          .toList();
    }

    @Override
    public NDArray delta(Site site, NDArray x, NDArray wx, boolean training) {
      NDArray raise = b.get(site).value();
      NDArray lower = a.get(site).value();
      NDArray moved = raise.matMul(lower).add(weights.of(site).value());
      NDArray share = magnitude.get(site).value().div(norms(moved));
      NDArray low = x.matMul(lower.transpose()).matMul(raise.transpose());
      return wx.mul(share.sub(1)).add(low.mul(share));
    }
  }

  private record Factory() implements Expert.Factory {
    @Override
    public Expert create(String name, List<Site> sites, Parameters parameters) {
      throw new IllegalArgumentException(
          "expert '" + name + "' reads the backbone's weights and was given none");
    }

    @Override
    public Expert create(
        String name, List<Site> sites, Parameters parameters, Optional<Backbone.Weights> weights) {
      return weights
          .<Expert>map(given -> WeightDecomposed.of(name, sites, parameters, given))
          .orElseGet(() -> create(name, sites, parameters));
    }
  }

  private static Plugin<Expert.Factory, Plugin.NoOptions> plugin() {
    return TinyPart.preferred(
        "weight-decomposed",
        Expert.Factory.class,
        Plugin.NoOptions.class,
        Set.<Capability>of(),
        options -> new Factory());
  }

  static final class Contract extends ExpertContract {
    @Override
    protected Plugin<? extends Expert.Factory, ?> plugin() {
      return WeightDecomposedTest.plugin();
    }
  }

  @Test
  void keepsToTheContract() {
    assertEquals(Set.of(), Failures.of(Contract.class));
  }

  @Test
  void itsFirstStepMovesMagnitudeAndDirection() {
    try (TinyParameters store = new TinyParameters(1)) {
      Backbone backbone = new TinyBackbone(store);
      Site site = TinyBackbone.UP;
      Expert expert = new Factory().create("expert", List.of(site), store, backbone.weights());
      List<Param> params = expert.params();
      params.forEach(param -> param.value().setRequiresGradient(true));
      NDArray x = Gaussian.array(store.scope(), 1, 2, 3, site.in());
      NDArray weight = backbone.weights().orElseThrow().of(site).value();
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray wx = x.matMul(weight.transpose());
        NDArray delta = expert.delta(site, x, wx, true);
        assertEquals(0, delta.abs().max().getFloat());
        collector.backward(
            wx.add(delta).mul(Gaussian.array(store.scope(), 2, 2, 3, site.out())).sum());
      }
      List<Float> largest =
          params.stream().map(p -> p.value().getGradient().abs().max().getFloat()).toList();
      assertEquals(0, largest.get(0), "of A, which B = 0 hides");
      assertTrue(largest.get(1) > 1e-3 && largest.get(2) > 1e-3, () -> "gradients " + largest);
    }
  }

  @Test
  void learnsInARun(@TempDir Path folder) {
    TinyRun.Result result = TinyRun.of(FineTuning.plugin(), plugin()).run(folder);
    assertTrue(result.accuracy().get(0).get(0) >= 0.7, result.accuracy()::toString);
    assertTrue(result.backboneUnchanged());
  }
}

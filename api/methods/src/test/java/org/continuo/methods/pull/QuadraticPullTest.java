package org.continuo.methods.pull;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Map;
import org.continuo.api.tensor.Tensors;
import org.continuo.methods.Look;
import org.junit.jupiter.api.Test;

class QuadraticPullTest {
  private static Tensors tensors(NDManager manager, float... values) {
    return new Tensors(Map.of("w", manager.create(values)));
  }

  private static float pull(Tensors now, Tensors anchor, Tensors importance) {
    return QuadraticPull.of(now, anchor, importance).orElseThrow().getFloat();
  }

  @Test
  void itIsTheWeightedSquaredDistance() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Tensors importance = tensors(manager, 2, 0, 0.5f);
      Tensors anchor = tensors(manager, 1, 1, 1);
      Tensors now = tensors(manager, 4, 2, -1);
      // 2 * 9 + 0 * 1 + 0.5 * 4
      assertEquals(20, pull(now, anchor, importance));
      assertEquals(14, QuadraticPull.of(now, anchor).orElseThrow().getFloat());
      assertEquals(0, pull(anchor, anchor, importance));
    }
  }

  @Test
  void onlyNamesThatAllSidesHaveAreHeld() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Tensors now = tensors(manager, 3);
      Tensors other = new Tensors(Map.of("v", manager.create(new float[] {5})));
      assertEquals(
          4, QuadraticPull.of(now.plus(other), tensors(manager, 1)).orElseThrow().getFloat());
      assertTrue(QuadraticPull.of(now, Tensors.EMPTY).isEmpty());
      assertTrue(QuadraticPull.of(now, now, other).isEmpty());
    }
  }

  /** Two anchors at one place: their pulls are that of the summed importance. */
  @Test
  void anchorsAtOnePlaceAddUp() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Tensors now = tensors(manager, 0.3f, -2, 5);
      Tensors anchor = tensors(manager, 1, 1, 1);
      Tensors first = tensors(manager, 2, 0, 0.5f);
      Tensors second = tensors(manager, 0.25f, 3, 1);
      assertEquals(
          pull(now, anchor, first) + pull(now, anchor, second),
          pull(now, anchor, first.plus(second)),
          1e-5f);
    }
  }

  /** Half a unit away, the gradient of the squared distance is 1. */
  @Test
  void theGradientIsZeroAtTheAnchorAndPullsBackBesideIt() {
    Look.afterEachTask(
        (host, task) -> {
          host.keep("anchor", host.trained());
          Tensors anchor = host.kept("anchor");
          Tensors at = host.gradient(() -> QuadraticPull.of(host.trained(), anchor).orElseThrow());
          at.map().values().forEach(g -> assertEquals(0, g.abs().max().getFloat()));
          host.assign(host.trained().each(x -> x.add(0.5f)));
          Tensors importance = anchor.each(NDArray::onesLike);
          Tensors beside =
              host.gradient(
                  () -> QuadraticPull.of(host.trained(), anchor, importance).orElseThrow());
          assertEquals(host.trained().map().keySet(), beside.map().keySet());
          beside
              .map()
              .values()
              .forEach(
                  g -> {
                    float[] expected = new float[(int) g.size()];
                    Arrays.fill(expected, 1);
                    assertArrayEquals(expected, g.toFloatArray(), 1e-5f);
                  });
        });
  }
}

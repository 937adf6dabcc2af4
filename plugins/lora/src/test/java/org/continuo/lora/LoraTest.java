package org.continuo.lora;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Site;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;
import org.junit.jupiter.api.Test;

class LoraTest {
  private static final Engine ENGINE = Engine.getEngine("PyTorch");
  private static final Site SITE = new Site("layers.0.feed-forward.up", 0, Site.Kind.LINEAR, 4, 3);

  /** Cells without a host. */
  private record Cells(NDManager manager, Map<String, NDArray> values) implements Parameters {
    @Override
    public Param param(String name, Shape shape, Param.Initializer initializer) {
      return new Param() {
        @Override
        public String name() {
          return name;
        }

        @Override
        public Shape shape() {
          return shape;
        }

        @Override
        public NDArray value() {
          return values.computeIfAbsent(name, n -> initializer.create(manager, shape));
        }

        @Override
        public boolean allocated() {
          return values.containsKey(name);
        }
      };
    }
  }

  private static Expert.LowRank create(
      NDManager manager, Map<String, NDArray> values, double dropout) {
    return new LoraPlugin()
        .create(new Lora.Options(2, 6, dropout))
        .create("e", List.of(SITE), new Cells(manager, values));
  }

  @Test
  void aNewExpertChangesNothing() {
    try (NDManager manager = ENGINE.newBaseManager()) {
      Expert.LowRank lora = create(manager, new HashMap<>(), 0);
      NDArray x = manager.randomNormal(new Shape(2, 5, 4));
      NDArray delta = lora.delta(SITE, x, manager.zeros(new Shape(2, 5, 3)), true);
      assertEquals(new Shape(2, 5, 3), delta.getShape());
      assertEquals(0, delta.abs().max().getFloat());
      assertTrue(lora.a(SITE).value().abs().max().getFloat() <= 0.5f);
      assertNotEquals(0, lora.a(SITE).value().abs().max().getFloat());
    }
  }

  @Test
  void deltaIsAlphaOverRankTimesBAx() {
    try (NDManager manager = ENGINE.newBaseManager()) {
      Map<String, NDArray> values = new HashMap<>();
      values.put(
          "e/layers.0.feed-forward.up.A",
          manager.create(new float[] {1, 0, 0, 0, 0, 1, 0, 0}, new Shape(2, 4)));
      values.put(
          "e/layers.0.feed-forward.up.B",
          manager.create(new float[] {1, 0, 0, 1, 1, 1}, new Shape(3, 2)));
      Expert.LowRank lora = create(manager, values, 0);
      NDArray x = manager.create(new float[] {2, 5, 7, 11}, new Shape(1, 1, 4));
      // A x = (2, 5); B A x = (2, 5, 7); alpha / r = 3
      assertArrayEquals(
          new float[] {6, 15, 21},
          lora.delta(SITE, x, manager.zeros(new Shape(1, 1, 3)), true).toFloatArray());
      assertEquals(3, lora.scale());
    }
  }

  @Test
  void dropoutActsInTrainingOnly() {
    try (NDManager manager = ENGINE.newBaseManager()) {
      Map<String, NDArray> values = new HashMap<>();
      values.put("e/layers.0.feed-forward.up.A", manager.ones(new Shape(2, 4)));
      values.put("e/layers.0.feed-forward.up.B", manager.ones(new Shape(3, 2)));
      Expert.LowRank lora = create(manager, values, 0.5);
      NDArray x = manager.ones(new Shape(1, 64, 4));
      NDArray wx = manager.zeros(new Shape(1, 64, 3));
      NDArray calm = lora.delta(SITE, x, wx, false);
      assertEquals(24, calm.min().getFloat());
      assertEquals(24, calm.max().getFloat());
      NDArray dropped = lora.delta(SITE, x, wx, true);
      assertTrue(dropped.min().getFloat() < 24 && dropped.max().getFloat() > 24);
    }
  }
}

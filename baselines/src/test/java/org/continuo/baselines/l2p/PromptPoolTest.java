package org.continuo.baselines.l2p;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.baselines.FixedParam;
import org.junit.jupiter.api.Test;

class PromptPoolTest {
  /** Three prompts of two tokens, width 2; each row takes two. */
  @Test
  void eachRowTakesThePromptsWithTheNearestKeys() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Site site = new Site("embeddings", -1, Site.Kind.EMBEDDING, 2, 2);
      PromptPool pool =
          new PromptPool(
              site,
              new FixedParam(
                  manager.create(
                      new float[] {1, 1, 1, 2, 2, 1, 2, 2, 3, 1, 3, 2}, new Shape(3, 2, 2))),
              new FixedParam(manager.create(new float[][] {{1, 0}, {0, 2}, {-3, 0}})),
              Router.Query.HIDDEN_MEAN,
              2);
      // nearest first: key 0 (cos 0.8) and 1 (0.6); key 2 (1) and 1 (0)
      NDArray queries = manager.create(new float[][] {{4, 3}, {-1, 0}});
      NDArray prompts =
          pool.prompts(
              new Router.Input(
                  site,
                  manager.zeros(new Shape(2, 5, 2)),
                  manager.ones(new Shape(2, 5)),
                  Optional.of(queries),
                  List.of(),
                  true));
      assertEquals(new Shape(2, 4, 2), prompts.getShape());
      assertArrayEquals(
          new float[] {1, 1, 1, 2, 2, 1, 2, 2, 3, 1, 3, 2, 2, 1, 2, 2}, prompts.toFloatArray());
      assertEquals((0.8 + 0.6 + 1 + 0) / 2, pool.closeness(queries).getFloat(), 1e-6);
    }
  }
}

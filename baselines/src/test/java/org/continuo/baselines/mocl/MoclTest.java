package org.continuo.baselines.mocl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.continuo.api.data.Example;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Pass;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.tensor.Param;
import org.continuo.baselines.Baselines;
import org.continuo.baselines.FixedParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoclTest {
  @TempDir private Path folder;

  private static NDArray weights(NDManager manager, Mocl.Weights weights, Optional<Param> p) {
    Similarity router =
        new Similarity(
            List.of(
                new FixedParam(manager.create(new float[][] {{3, 0}})),
                new FixedParam(manager.create(new float[][] {{0, 0.5f}}))),
            p,
            Router.Query.HIDDEN_MEAN,
            2,
            weights);
    NDArray queries = manager.create(new float[][] {{7, 0}, {-1, -1}});
    Site site = new Site("layers.0.attention.query", 0, Site.Kind.LINEAR, 2, 2);
    NDArray hidden = manager.zeros(new Shape(2, 5, 2));
    return router.weights(
        new Router.Input(
            site, hidden, manager.ones(new Shape(2, 5)), Optional.of(queries), List.of(), true));
  }

  /** Cosines 1, 0 and -1/sqrt 2 twice; scale 2. */
  @Test
  void weightsByHand() {
    try (NDManager manager = NDManager.newBaseManager()) {
      float first = (float) (1 / (1 + Math.exp(-2)));
      NDArray perText = weights(manager, Mocl.Weights.PER_TEXT, Optional.empty());
      assertEquals(new Shape(2, 1, 2), perText.getShape());
      assertArrayEquals(new float[] {first, 1 - first, 0.5f, 0.5f}, perText.toFloatArray(), 1e-6f);
      NDArray mean = weights(manager, Mocl.Weights.BATCH_MEAN, Optional.empty());
      assertEquals(new Shape(1, 1, 2), mean.getShape());
      assertEquals((first + 0.5f) / 2, mean.toFloatArray()[0], 1e-6f);
      // P exchanges the two coordinates
      Param exchange = new FixedParam(manager.create(new float[][] {{0, 1}, {1, 0}}));
      NDArray turned = weights(manager, Mocl.Weights.PER_TEXT, Optional.of(exchange));
      assertEquals(1 - first, turned.toFloatArray()[0], 1e-6f);
    }
  }

  private double dependenceOnTheBatch(String weights) {
    double[] largest = {0};
    Baselines.of("{ type = mocl, weights = " + weights + ", expert { dropout = 0 } }")
        .afterEachTask(
            (host, task) -> {
              List<Example> rows = host.trainingData().subList(0, 6);
              float[] together = scores(host, rows);
              for (int i = 0; i < rows.size(); i++) {
                float[] alone = scores(host, List.of(rows.get(i)));
                for (int c = 0; c < alone.length; c++) {
                  largest[0] =
                      Math.max(largest[0], Math.abs(alone[c] - together[i * alone.length + c]));
                }
              }
            })
        .run(folder);
    return largest[0];
  }

  private static float[] scores(Host host, List<Example> rows) {
    Pass asked = host.passes(rows).get(0);
    Request request = asked.request().inference();
    return host.pass(host.batch(rows), request).scores().orElseThrow().toFloatArray();
  }

  @Test
  void answersDependOnTheBatchOnlyWhenAskedTo() {
    assertEquals(0, dependenceOnTheBatch("per-text"), 2e-6);
    assertTrue(dependenceOnTheBatch("batch-mean") > 1e-4);
  }

  @Test
  void theOwnVectorIsDrawnToTheQueries() {
    List<Double> terms = Baselines.of("mocl").run(folder).term("task1", "matching");
    assertTrue(terms.get(terms.size() - 1) < terms.get(0), terms.toString());
    assertTrue(terms.stream().allMatch(term -> term >= 0 && term <= 2), terms.toString());
  }
}

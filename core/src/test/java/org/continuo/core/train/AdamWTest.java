package org.continuo.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.continuo.api.learning.Objective;
import org.continuo.api.tensor.Param;
import org.continuo.core.toy.ToyExperiments;
import org.junit.jupiter.api.Test;

class AdamWTest {

  /**
   * Numbers of torch.optim.AdamW 2.15.0, float32: w = [0.5, -0.3, 2.0], lr 0.1, weight decay 0.1,
   * five steps with gradients g_t = [sin(t), 1e-4 * t, -t * t].
   */
  @Test
  void agreesWithTorch() {
    Engine engine = Engine.getEngine("PyTorch");
    try (Scopes scopes = new Scopes(engine.newBaseManager())) {
      ParameterStore store =
          new ParameterStore(scopes, new SeedTree(1, ToyExperiments.NO_SEEDS), engine);
      Param w =
          store
              .view("test")
              .param("w", new Shape(3), (m, s) -> m.create(new float[] {0.5f, -0.3f, 2f}));
      store.train(List.of(w));
      Optimiser optimiser = new Optimiser(scopes);
      Objective.Group group = Objective.Group.of(List.of(w));
      for (int t = 1; t <= 5; t++) {
        int step = t;
        scopes.within(
            () -> {
              NDArray gradient =
                  scopes
                      .current()
                      .create(
                          new float[] {(float) Math.sin(step), 1e-4f * step, -(float) step * step});
              optimiser.step(store.cell("test/w"), gradient, group, 0.1, 0.1);
            });
      }
      float[] found = w.value().toFloatArray();
      float[] expected = {0.18111159f, -0.7606799f, 2.3421617f};
      for (int i = 0; i < found.length; i++) {
        assertEquals(expected[i], found[i], 1e-6f, "entry " + i);
      }
      optimiser.reset();
    }
  }
}

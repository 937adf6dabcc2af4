package org.continuo.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;
import org.continuo.core.toy.ToyExperiments;
import org.junit.jupiter.api.Test;

/** What a run warns of by itself. */
class GuardsTest {
  @Test
  void aTermThatIsAlwaysZero() {
    LossGuard guard = new LossGuard("a");
    guard.see(Map.of("task", 1.0, "drift", 0.0));
    guard.see(Map.of("task", 1.0, "drift", 0.0));
    assertEquals(
        List.of(
            "loss term 'drift' was 0 in all 2 steps of task 'a': it trained nothing; check its"
                + " weight and what it reads, or take it out"),
        guard.warnings());
    guard.see(Map.of("task", 1.0, "drift", 0.1));
    assertEquals(List.of(), guard.warnings());
  }

  @Test
  void aTermThatDrownsTheTask() {
    LossGuard guard = new LossGuard("a");
    guard.see(Map.of("task", 1.0, "adversary", -101.0));
    assertEquals(
        List.of(
            "loss term 'adversary', with its weight, was more than 100 times the task loss in 1 of 1"
                + " steps of task 'a': the task hardly counted there; lower its weight"),
        guard.warnings());
    guard.see(Map.of("task", 1.0, "adversary", -99.0));
    assertEquals(List.of(), guard.warnings(), "in half of the steps only");
  }

  @Test
  void aFrozenParameterThatSomeCodeWroteInto() {
    Engine engine = Engine.getEngine("PyTorch");
    try (Scopes scopes = new Scopes(engine.newBaseManager())) {
      SeedTree seeds = new SeedTree(1, ToyExperiments.NO_SEEDS);
      ParameterStore store = new ParameterStore(scopes, seeds, engine);
      Param written = param(store, "written");
      Param assigned = param(store, "assigned");
      FrozenGuard guard = new FrozenGuard(store);
      assertEquals(List.of(), guard.warnings("a"));
      scopes.within(
          () -> store.assign(new Tensors(Map.of(assigned.name(), assigned.value().add(1)))));
      assertEquals(List.of(), guard.warnings("a"), "an assignment is meant");
      written.value().addi(1);
      assertEquals(
          List.of(
              "frozen parameter 'toy/written' changed during task 'a', although neither the optimiser"
                  + " nor Host.assign wrote to it: some code wrote into its array; give it a copy"
                  + " instead"),
          guard.warnings("a"));
    }
  }

  private static Param param(ParameterStore store, String name) {
    Param param =
        store.view("toy").param(name, new Shape(3), (manager, shape) -> manager.zeros(shape));
    param.value();
    return param;
  }
}

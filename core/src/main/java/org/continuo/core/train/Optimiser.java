package org.continuo.core.train;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.continuo.api.learning.Objective;
import org.continuo.api.learning.UpdateRule;
import org.continuo.api.tensor.Tensors;

/** Applies the rules of groups to their parameters, and keeps what the rules need of each. */
@Singleton
final class Optimiser {
  private final UpdateRule usual = new AdamW();
  private final Scopes scopes;
  private final Map<String, State> states = new HashMap<>();

  @Inject
  Optimiser(Scopes scopes) {
    this.scopes = scopes;
  }

  /** What is kept of one parameter, by which rule. */
  private static final class State {
    final UpdateRule rule;
    final Tensors kept;
    int steps;

    State(UpdateRule rule, Tensors kept) {
      this.rule = rule;
      this.kept = kept;
    }
  }

  /** One step of one parameter. */
  void step(
      ParameterStore.Cell cell,
      NDArray gradient,
      Objective.Group group,
      double learningRate,
      double weightDecay) {
    State state = state(cell, group.rule().orElse(usual));
    state.steps++;
    state.rule.apply(
        new UpdateRule.Update(
            cell.value(), gradient, state.kept, state.steps, learningRate, weightDecay));
    cell.changed();
  }

  /** A parameter that goes over to another rule begins anew. */
  private State state(ParameterStore.Cell cell, UpdateRule rule) {
    State known = states.get(cell.name());
    if (known == null || !known.rule.equals(rule)) {
      forget(cell.name());
      Map<String, NDArray> kept = new HashMap<>();
      rule.keeps()
          .forEach(name -> kept.put(name, scopes.adopt(scopes.current().zeros(cell.shape()))));
      known = new State(rule, new Tensors(kept));
      states.put(cell.name(), known);
    }
    return known;
  }

  private void forget(String parameter) {
    State state = states.remove(parameter);
    if (state != null) {
      state.kept.map().values().forEach(scopes::release);
    }
  }

  /** Forgets everything, as at the start of a task. */
  void reset() {
    java.util.List.copyOf(states.keySet()).forEach(this::forget);
  }
}

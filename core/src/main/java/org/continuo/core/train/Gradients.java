package org.continuo.core.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;

/**
 * Backward passes. DJL adds into the gradient of a leaf, so it is read out and cleared each time.
 */
@Singleton
final class Gradients {
  private final Engine engine;
  private final ParameterStore store;

  @Inject
  Gradients(Engine engine, ParameterStore store) {
    this.engine = engine;
    this.store = store;
  }

  /** Adds the gradient of one loss to the leaves. */
  void backward(Supplier<NDArray> loss) {
    try (GradientCollector collector = engine.newGradientCollector()) {
      collector.backward(loss.get());
    }
  }

  /** Copies what the leaves have collected, and clears them. */
  Tensors collect(Collection<? extends Param> params) {
    Map<String, NDArray> gradients = new HashMap<>();
    for (Param param : params) {
      NDArray live = param.value().getGradient();
      gradients.put(param.name(), live.duplicate());
      live.subi(live);
    }
    return new Tensors(gradients);
  }

  /** The gradient of one loss for these parameters alone; nothing else is disturbed. */
  Tensors of(Supplier<NDArray> loss, List<? extends Param> params) {
    Set<String> leaves = new HashSet<>();
    store.trained().forEach(cell -> leaves.add(cell.name()));
    params.forEach(param -> param.value().setRequiresGradient(true));
    backward(loss);
    Tensors gradient = collect(params);
    params.stream()
        .filter(param -> !leaves.contains(param.name()))
        .forEach(param -> param.value().setRequiresGradient(false));
    store.trained().forEach(cell -> clear(cell.value()));
    return gradient;
  }

  private static void clear(NDArray leaf) {
    NDArray live = leaf.getGradient();
    live.subi(live);
  }
}

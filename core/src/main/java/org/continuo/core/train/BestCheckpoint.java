package org.continuo.core.train;

import ai.djl.ndarray.NDArray;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.continuo.api.tensor.Tensors;

/** The weights that scored best on the dev split of the task at hand; of equals the latest. */
final class BestCheckpoint {
  private final Scopes scopes;
  private final Map<String, NDArray> copies = new HashMap<>();
  private OptionalDouble best = OptionalDouble.empty();
  private boolean latest;

  BestCheckpoint(Scopes scopes) {
    this.scopes = scopes;
  }

  /**
   * Takes the copies' place in memory before the first step, so that steps leave nothing behind.
   */
  void reserve(Collection<ParameterStore.Cell> trained) {
    trained.forEach(cell -> copies.computeIfAbsent(cell.name(), n -> scopes.keep(cell.value())));
  }

  /** Takes a copy if the score is not below the best so far; tells the best. */
  double offer(double score, Collection<ParameterStore.Cell> trained) {
    latest = best.isEmpty() || score >= best.getAsDouble();
    if (latest) {
      best = OptionalDouble.of(score);
      free();
      trained.forEach(cell -> copies.put(cell.name(), scopes.keep(cell.value())));
    }
    return best.getAsDouble();
  }

  /** Puts the best weights back, unless they are the ones in place. */
  void restore(ParameterStore store) {
    if (!latest && best.isPresent()) {
      store.assign(new Tensors(copies));
    }
    free();
  }

  private void free() {
    copies.values().forEach(scopes::release);
    copies.clear();
  }
}

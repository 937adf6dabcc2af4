package org.continuo.testkit;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Wiring;

/**
 * Stands between the host and a strategy and passes everything on, but for what an implementation
 * overrides; see {@link TinyRun#around}.
 */
public interface StrategyWrapper extends Strategy {
  /** The strategy that answers. */
  Strategy wrapped();

  @Override
  default Contribution contribute(Task task) {
    return wrapped().contribute(task);
  }

  @Override
  default Optional<Wiring> wiring(Optional<String> task) {
    return wrapped().wiring(task);
  }

  @Override
  default Optional<List<String>> identify(Batch batch) {
    return wrapped().identify(batch);
  }

  @Override
  default Optional<NDArray> predict(Batch batch, Optional<String> task) {
    return wrapped().predict(batch, task);
  }
}

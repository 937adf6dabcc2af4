package org.continuo.moecl.adversary;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Adversary;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Pass;
import org.continuo.api.model.Capture;

/** Nothing pushes: the ablation. */
final class NoAdversary implements Adversary {
  @Override
  public Contribution contribute(Task task) {
    return Contribution.NONE;
  }

  @Override
  public List<Capture> captures() {
    return List.of();
  }

  @Override
  public Optional<NDArray> classify(Pass pass) {
    return Optional.empty();
  }
}

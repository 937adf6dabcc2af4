package org.continuo.moecl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Adversary;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Pass;
import org.continuo.api.model.Capture;
import org.continuo.api.plugin.Plugin;

/** Pushes nothing and takes every row for the first task. */
record FirstTaskAdversary(Capture capture, Host host) implements Adversary {
  @Override
  public Contribution contribute(Task task) {
    return Contribution.NONE;
  }

  @Override
  public List<Capture> captures() {
    return List.of(capture);
  }

  @Override
  public Optional<NDArray> classify(Pass pass) {
    NDManager scope = host.scope();
    long tasks = host.seen().size();
    NDArray first = scope.ones(new Shape(pass.batch().size(), 1));
    NDArray others = scope.zeros(new Shape(pass.batch().size(), tasks - 1));
    return Optional.of(tasks == 1 ? first : first.concat(others, 1));
  }

  /** Offers it as adversary {@code first-task}. */
  static final class Offer implements Plugin<Adversary.Factory, Plugin.NoOptions> {
    @Override
    public String id() {
      return "first-task";
    }

    @Override
    public String summary() {
      return "takes every row for the first task";
    }

    @Override
    public Adversary.Factory create(NoOptions options) {
      return (target, blocks, host) -> new FirstTaskAdversary(Capture.pooled(target, blocks), host);
    }
  }
}

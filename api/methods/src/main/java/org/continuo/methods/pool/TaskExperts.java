package org.continuo.methods.pool;

import java.util.List;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Host;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Stability;

/**
 * An expert for each task, made when it is first asked for, under the name {@code task/NAME}.
 *
 * @param factory the kind of expert
 * @param projections it attaches to, those the backbone has
 */
@Stability(Stability.Level.EVOLVING)
public record TaskExperts(Host host, Expert.Factory factory, List<Projection> projections) {
  public TaskExperts {
    projections = List.copyOf(projections);
  }

  /** Finds or makes the expert of a task. */
  public Expert of(Task task) {
    return of(task.name());
  }

  /** Finds or makes the expert of the task of that name, which the stream need not have. */
  public Expert of(String task) {
    return host.expert("task/" + task, factory, host.backbone().linear(projections));
  }

  /** {@code W x + sum_t delta_t(x)}; the backbone alone where there is no task. */
  public Wiring sum(List<Task> tasks) {
    return tasks.isEmpty()
        ? Wiring.NONE
        : Wiring.of(Mixture.sum(tasks.stream().map(this::of).toList()));
  }
}

package org.continuo.baselines.pertask;

import java.util.EnumSet;
import java.util.Set;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Projection;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;

/** Offers {@link PerTask} as strategy {@code per-task}. */
public final class PerTaskPlugin implements Plugin<Strategy.Factory, PerTask.Options> {
  @Override
  public String id() {
    return "per-task";
  }

  @Override
  public String summary() {
    return "one LoRA for each task, chosen by the task id: no forgetting, no transfer";
  }

  @Override
  public Set<Capability> needs(PerTask.Options options) {
    Set<Capability> needs = Projection.needs(options.sites());
    needs.add(Capability.TASK_ID_AT_TEST);
    return needs;
  }

  @Override
  public Set<Capability> offers(PerTask.Options options) {
    return EnumSet.of(Capability.WIRING);
  }

  @Override
  public Strategy.Factory create(PerTask.Options options) {
    return host -> new PerTask(options, host);
  }
}

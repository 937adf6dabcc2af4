package org.continuo.baselines;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Combination;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;

/** Looks at a run when a task has been learned, after all the strategy does then. */
public final class Probe {
  private Probe() {}

  public static TinyRun.Left afterTasks(
      String strategy, BiConsumer<Host, Task> look, String... sets) {
    AtomicInteger looked = new AtomicInteger();
    TinyRun.Left left =
        TinyRun.of(strategy, sets)
            .around(
                factory ->
                    host ->
                        Combination.of(
                            List.of(
                                factory,
                                new Looking(
                                    (inner, task) -> {
                                      look.accept(inner, task);
                                      looked.incrementAndGet();
                                    })),
                            host))
            .run();
    assertTrue(looked.get() > 0);
    return left;
  }

  private record Looking(BiConsumer<Host, Task> look) implements Strategy.AddOn {
    @Override
    public String name() {
      return "zz-probe";
    }

    @Override
    public Strategy base(Host host) {
      throw new IllegalStateException("never asked for: it comes last");
    }

    @Override
    public Strategy addition(Host host) {
      return task -> Contribution.builder().afterTask(() -> look.accept(host, task)).build();
    }
  }
}

package org.continuo.testkit;

import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Step;
import org.continuo.api.learning.Strategy;
import org.continuo.api.tensor.Tensors;

/** What looks at a strategy at work and changes nothing. */
final class Looks {
  private Looks() {}

  static UnaryOperator<Strategy.Factory> afterEachTask(BiConsumer<Host, Task> look) {
    return adding(
        (host, task) -> Contribution.builder().afterTask(() -> look.accept(host, task)).build());
  }

  static UnaryOperator<Strategy.Factory> atEachStep(BiConsumer<Step, Tensors> look) {
    return adding(
        (host, task) ->
            Contribution.builder()
                .gradient(
                    "look",
                    (step, gradient) -> {
                      look.accept(step, gradient);
                      return gradient;
                    })
                .build());
  }

  private static UnaryOperator<Strategy.Factory> adding(
      BiFunction<Host, Task, Contribution> addition) {
    return factory -> host -> new Added(factory.create(host), host, addition);
  }

  private record Added(Strategy wrapped, Host host, BiFunction<Host, Task, Contribution> addition)
      implements StrategyWrapper {
    @Override
    public Contribution contribute(Task task) {
      return Contribution.builder()
          .include(wrapped.contribute(task))
          .include(addition.apply(host, task))
          .build();
    }
  }
}

package org.continuo.baselines.agem;

import java.util.List;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Step;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Projection;
import org.continuo.api.plugin.Option;
import org.continuo.api.tensor.Tensors;
import org.continuo.methods.memory.Draw;
import org.continuo.methods.memory.Memory;

/** Takes out of the gradient what would raise the loss on past tasks. */
final class AGem implements Strategy {

  /** Memory per task as in the paper; its sizes differ from benchmark to benchmark. */
  public record Options(
      @Option(
              doc = "what is kept of past tasks",
              value = "{ select = reservoir, budget = 64, per = task }")
          Memory.Options memory,
      @Option(
              doc = "examples of past tasks that a step looks at",
              value = "64",
              unit = "examples",
              min = 1)
          int rows,
      @Option(doc = "the expert to add to, where no other strategy attaches") Expert.Factory expert,
      @Option(
              doc =
                  "projections that expert attaches to, those the backbone has; final: the final"
                      + " hidden states; none: the head trains alone",
              value = "[gate, up, down]")
          List<Projection> sites) {}

  private final Options options;
  private final Host host;
  private final Memory memory;
  private int steps;
  private int projected;

  AGem(Options options, Host host) {
    this.options = options;
    this.host = host;
    this.memory = new Memory(options.memory, host);
  }

  @Override
  public Contribution contribute(Task task) {
    return Contribution.builder()
        .beforeTask(this::reset)
        .gradient("a-gem", this::project)
        .afterTask(this::remember)
        .build();
  }

  private void reset() {
    steps = 0;
    projected = 0;
  }

  private Tensors project(Step step, Tensors gradient) {
    List<Example> past = Draw.without(memory.examples(), options.rows, host.random("draw"));
    if (past.isEmpty()) {
      return gradient;
    }
    Tensors reference = host.gradient(() -> host.loss(host.passes(past)));
    steps++;
    projected += gradient.dot(reference) < 0 ? 1 : 0;
    return projected(gradient, reference);
  }

  /** {@code g} without its part against {@code r}; as it is where it has none. */
  static Tensors projected(Tensors gradient, Tensors reference) {
    double along = gradient.dot(reference);
    return along >= 0
        ? gradient
        : gradient.minus(reference.times(along / reference.dot(reference)));
  }

  private void remember() {
    if (steps > 0) {
      host.record("projected", (double) projected / steps);
    }
    memory.remember();
  }
}

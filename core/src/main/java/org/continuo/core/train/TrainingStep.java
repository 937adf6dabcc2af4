package org.continuo.core.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.Example;
import org.continuo.api.learning.Objective;
import org.continuo.api.learning.Pass;
import org.continuo.api.learning.Step;
import org.continuo.api.tensor.Autograd;
import org.continuo.api.tensor.Tensors;

/**
 * One optimiser step: passes, loss terms, backward, gradient transforms. With accumulation it goes
 * backward once per micro-batch; each but the last frees its passes at once.
 */
final class TrainingStep implements Step {
  /** The name of the loss of the task's own rows among {@link #terms()}. */
  static final String TASK_TERM = "task";

  private final int number;
  private final int total;
  private final List<List<Example>> microBatches;
  private final List<Objective> active;
  private final Passes passes;
  private final Gradients gradients;
  private final Scopes scopes;
  private final List<Pass> made = new ArrayList<>();
  private final Map<String, Double> terms = new LinkedHashMap<>();
  private final Map<String, Double> weighted = new LinkedHashMap<>();
  private double loss;
  private int forward;

  TrainingStep(
      int number,
      int total,
      List<List<Example>> microBatches,
      List<Objective> active,
      Passes passes,
      Gradients gradients,
      Scopes scopes) {
    this.number = number;
    this.total = total;
    this.microBatches = microBatches;
    this.active = active;
    this.passes = passes;
    this.gradients = gradients;
    this.scopes = scopes;
  }

  /** Everything up to the transformed gradient of what trains. */
  Tensors gradient(List<ParameterStore.Cell> trained) {
    active.forEach(c -> c.beforeStep().forEach(action -> action.accept(this)));
    int rows = microBatches.stream().mapToInt(List::size).sum();
    int last = microBatches.size() - 1;
    for (int i = 0; i <= last; i++) {
      forward = i;
      List<Example> batch = microBatches.get(i);
      double share = (double) batch.size() / rows;
      Runnable backward = () -> gradients.backward(() -> loss(batch, share));
      made.clear();
      if (i < last) {
        scopes.within(backward);
      } else {
        backward.run();
      }
    }
    requireFinite();
    Tensors gradient = gradients.collect(trained);
    for (Objective.Gradient transform : GradientOrder.of(active)) {
      gradient = transform.transform().apply(this, gradient);
    }
    return gradient;
  }

  void finish() {
    active.forEach(c -> c.afterStep().forEach(action -> action.accept(this)));
  }

  private NDArray loss(List<Example> batch, double share) {
    made.addAll(passes.training(Pass.TASK, batch, true));
    NDArray sum = term(TASK_TERM, 1, share, passes.loss(passes(Pass.TASK)));
    for (Objective objective : active) {
      for (Objective.Extra extra : objective.extras()) {
        List<Example> drawn = extra.draw().apply(this);
        if (!drawn.isEmpty()) {
          List<Pass> more = passes.training(extra.name(), drawn, true);
          made.addAll(more);
          if (extra.weight() != 0) {
            sum = sum.add(term(extra.name(), extra.weight(), share, passes.loss(more)));
          }
        }
      }
    }
    for (Objective objective : active) {
      for (Objective.Loss own : objective.losses()) {
        Optional<NDArray> value = own.value().apply(this);
        if (value.isPresent()) {
          sum = sum.add(term(own.name(), own.weight(), share, value.get()));
        }
      }
    }
    loss += sum.getFloat();
    return sum;
  }

  private NDArray term(String name, double weight, double share, NDArray value) {
    terms.merge(name, share * value.getFloat(), Double::sum);
    double factor = weight * share;
    weighted.merge(name, factor * value.getFloat(), Double::sum);
    return factor == 1 ? value : Autograd.scale(value, factor);
  }

  private void requireFinite() {
    if (!Double.isFinite(loss)) {
      String cure =
          number == 0
              ? "nothing was learned of this task yet: look for a term or a checkpoint that computes no numbers"
              : "lower training.learning-rate or the weight of the term that grew";
      throw new TrainingDiverged(
          "step %d: the loss is %s (terms: %s); %s".formatted(number, loss, terms, cure));
    }
  }

  double loss() {
    return loss;
  }

  Map<String, Double> terms() {
    return terms;
  }

  /** The terms as they add up to {@link #loss()}. */
  Map<String, Double> weighted() {
    return weighted;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public int total() {
    return total;
  }

  @Override
  public List<Example> rows() {
    return microBatches.stream().flatMap(List::stream).toList();
  }

  @Override
  public int forward() {
    return forward;
  }

  @Override
  public List<Example> batch() {
    return microBatches.get(forward);
  }

  @Override
  public List<Pass> passes() {
    return List.copyOf(made);
  }
}

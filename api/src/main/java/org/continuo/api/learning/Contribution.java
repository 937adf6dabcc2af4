package org.continuo.api.learning;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.continuo.api.data.Example;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;

/**
 * What a strategy adds to the training of one task, as a description: the host merges those of all
 * strategies and owns the step. Order among parts follows declared names, never position.
 *
 * @param groups what trains; whatever no group names is frozen, the head of the task excepted
 * @param wiring attached in training, by task name, if it differs from {@link Strategy#wiring}; at
 *     most one over all strategies
 * @param taskLoss replaces cross-entropy; at most one over all strategies
 * @param epochs replaces the run's own number; 0 trains nothing; at most one over all strategies
 * @param examples what the epochs run over, if not the task's own examples; the best weights are
 *     then chosen by the mean dev score of the tasks among them; at most one over all strategies
 * @param phases parts of the task with additions of their own; none: one phase
 */
@Stability(Stability.Level.EVOLVING)
public record Contribution(
    List<Group> groups,
    List<Loss> losses,
    List<Extra> extras,
    List<Gradient> gradients,
    List<Capture> captures,
    List<Consumer<Step>> beforeStep,
    List<Consumer<Step>> afterStep,
    List<Runnable> beforeTask,
    List<Runnable> afterTask,
    List<Growth> growths,
    List<Phase> phases,
    Optional<Function<String, Wiring>> wiring,
    Optional<Function<Pass, NDArray>> taskLoss,
    OptionalDouble epochs,
    Optional<Supplier<List<Example>>> examples) {

  /**
   * Parameters to train.
   *
   * @param learningRate empty: the run's own; the run's schedule applies to either
   * @param weightDecay empty: the run's own
   */
  public record Group(List<Param> params, OptionalDouble learningRate, OptionalDouble weightDecay) {
    public Group {
      params = List.copyOf(params);
    }
  }

  /**
   * A scalar on the graph, times {@code weight}.
   *
   * @param value an empty answer: nothing this step
   */
  public record Loss(String name, double weight, Function<Step, Optional<NDArray>> value) {}

  /**
   * More examples each step, as passes with role {@code name}.
   *
   * @param weight of their task loss; 0: only other terms read them
   * @param draw gives examples for a batch size; none: nothing this step
   */
  public record Extra(String name, double weight, IntFunction<List<Example>> draw) {}

  /**
   * A change of the gradient between backward and clipping.
   *
   * @param after names of transforms that come first, if they are there
   */
  public record Gradient(
      String name, Set<String> after, BiFunction<Step, Tensors, Tensors> transform) {}

  /**
   * A decision that needs data: made once, at the start of the task, before anything trains.
   *
   * @param parametersAtMost upper bound of the parameters it may add, for the plan
   */
  public record Growth(String name, long parametersAtMost, Supplier<Contribution> decide) {}

  /**
   * A part of the task.
   *
   * @param share of the task's epochs, above 0
   */
  public record Phase(String name, double share, Contribution adds) {}

  public static final Contribution NONE = builder().build();

  public Contribution {
    groups = List.copyOf(groups);
    losses = List.copyOf(losses);
    extras = List.copyOf(extras);
    gradients = List.copyOf(gradients);
    captures = List.copyOf(captures);
    beforeStep = List.copyOf(beforeStep);
    afterStep = List.copyOf(afterStep);
    beforeTask = List.copyOf(beforeTask);
    afterTask = List.copyOf(afterTask);
    growths = List.copyOf(growths);
    phases = List.copyOf(phases);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects the parts; each method may be called any number of times unless it says otherwise. */
  public static final class Builder {
    private final List<Group> groups = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private final List<Extra> extras = new ArrayList<>();
    private final List<Gradient> gradients = new ArrayList<>();
    private final List<Capture> captures = new ArrayList<>();
    private final List<Consumer<Step>> beforeStep = new ArrayList<>();
    private final List<Consumer<Step>> afterStep = new ArrayList<>();
    private final List<Runnable> beforeTask = new ArrayList<>();
    private final List<Runnable> afterTask = new ArrayList<>();
    private final List<Growth> growths = new ArrayList<>();
    private final List<Phase> phases = new ArrayList<>();
    private Optional<Function<String, Wiring>> wiring = Optional.empty();
    private Optional<Function<Pass, NDArray>> taskLoss = Optional.empty();
    private OptionalDouble epochs = OptionalDouble.empty();
    private Optional<Supplier<List<Example>>> examples = Optional.empty();

    private Builder() {}

    /** Adds all that another one adds. */
    public Builder include(Contribution other) {
      groups.addAll(other.groups);
      losses.addAll(other.losses);
      extras.addAll(other.extras);
      gradients.addAll(other.gradients);
      captures.addAll(other.captures);
      beforeStep.addAll(other.beforeStep);
      afterStep.addAll(other.afterStep);
      beforeTask.addAll(other.beforeTask);
      afterTask.addAll(other.afterTask);
      growths.addAll(other.growths);
      phases.addAll(other.phases);
      wiring = atMostOne("training wirings", wiring, other.wiring);
      taskLoss = atMostOne("task losses", taskLoss, other.taskLoss);
      if (epochs.isPresent() && other.epochs.isPresent()) {
        throw twice("numbers of epochs");
      }
      epochs = epochs.isPresent() ? epochs : other.epochs;
      examples = atMostOne("sets of examples", examples, other.examples);
      return this;
    }

    private static <T> Optional<T> atMostOne(String what, Optional<T> one, Optional<T> other) {
      if (one.isPresent() && other.isPresent()) {
        throw twice(what);
      }
      return one.or(() -> other);
    }

    private static IllegalArgumentException twice(String what) {
      return new IllegalArgumentException(
          "found two " + what + ", expected at most one; take one of the parts out");
    }

    public Builder train(List<Param> params) {
      return train(new Group(params, OptionalDouble.empty(), OptionalDouble.empty()));
    }

    public Builder train(List<Param> params, double learningRate) {
      return train(new Group(params, OptionalDouble.of(learningRate), OptionalDouble.empty()));
    }

    public Builder train(Group group) {
      groups.add(group);
      return this;
    }

    public Builder loss(String name, double weight, Function<Step, Optional<NDArray>> value) {
      losses.add(new Loss(name, weight, value));
      return this;
    }

    public Builder extra(String name, double weight, IntFunction<List<Example>> draw) {
      extras.add(new Extra(name, weight, draw));
      return this;
    }

    public Builder gradient(
        String name, BiFunction<Step, Tensors, Tensors> transform, String... after) {
      gradients.add(new Gradient(name, Set.of(after), transform));
      return this;
    }

    public Builder capture(Capture capture) {
      captures.add(capture);
      return this;
    }

    /** Before the passes of the step are made. */
    public Builder beforeStep(Consumer<Step> action) {
      beforeStep.add(action);
      return this;
    }

    /** After the optimiser. */
    public Builder afterStep(Consumer<Step> action) {
      afterStep.add(action);
      return this;
    }

    public Builder beforeTask(Runnable action) {
      beforeTask.add(action);
      return this;
    }

    /** After the best checkpoint of the task has been restored. */
    public Builder afterTask(Runnable action) {
      afterTask.add(action);
      return this;
    }

    public Builder growth(String name, long parametersAtMost, Supplier<Contribution> decide) {
      growths.add(new Growth(name, parametersAtMost, decide));
      return this;
    }

    public Builder phase(String name, double share, Contribution adds) {
      phases.add(new Phase(name, share, adds));
      return this;
    }

    /** Called once. */
    public Builder trainWith(Function<String, Wiring> training) {
      wiring = Optional.of(training);
      return this;
    }

    /** Called once. */
    public Builder taskLoss(Function<Pass, NDArray> loss) {
      taskLoss = Optional.of(loss);
      return this;
    }

    /** Called once. */
    public Builder epochs(double number) {
      epochs = OptionalDouble.of(number);
      return this;
    }

    /** Called once. */
    public Builder examples(Supplier<List<Example>> all) {
      examples = Optional.of(all);
      return this;
    }

    public Contribution build() {
      return new Contribution(
          groups,
          losses,
          extras,
          gradients,
          captures,
          beforeStep,
          afterStep,
          beforeTask,
          afterTask,
          growths,
          phases,
          wiring,
          taskLoss,
          epochs,
          examples);
    }
  }
}

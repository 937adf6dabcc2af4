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
import org.continuo.api.data.Example;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;

/**
 * What trains, and towards what, as long as it is in force: for a whole task ({@link Contribution})
 * or for a phase of it. A description: the host executes it and owns the step. Order among parts
 * follows declared names, never position.
 *
 * @param groups what trains; whatever no group names is frozen, the head of the task excepted
 * @param wiring attached in training, by task name, if it differs from {@link Strategy#wiring}
 * @param taskLoss replaces cross-entropy
 * @param before called once, before its first step
 * @param after called once, after its last step
 */
@Stability(Stability.Level.EVOLVING)
public record Objective(
    List<Group> groups,
    List<Loss> losses,
    List<Extra> extras,
    List<Gradient> gradients,
    List<Capture> captures,
    List<Consumer<Step>> beforeStep,
    List<Consumer<Step>> afterStep,
    List<Runnable> before,
    List<Runnable> after,
    Optional<Function<String, Wiring>> wiring,
    Optional<Function<Pass, NDArray>> taskLoss) {

  /**
   * Parameters to train.
   *
   * @param learningRate empty: the run's own; the run's schedule applies to either
   * @param weightDecay empty: the run's own
   * @param rule how they follow their gradient; empty: AdamW
   */
  public record Group(
      List<Param> params,
      OptionalDouble learningRate,
      OptionalDouble weightDecay,
      Optional<UpdateRule> rule) {
    public Group {
      params = List.copyOf(params);
    }

    /** With the learning rate, weight decay and optimiser of the run. */
    public static Group of(List<Param> params) {
      return new Group(params, OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty());
    }

    public Group at(double rate) {
      return new Group(params, OptionalDouble.of(rate), weightDecay, rule);
    }

    public Group decaying(double decay) {
      return new Group(params, learningRate, OptionalDouble.of(decay), rule);
    }

    public Group by(UpdateRule own) {
      return new Group(params, learningRate, weightDecay, Optional.of(own));
    }
  }

  /**
   * A scalar on the graph, times {@code weight}.
   *
   * @param value an empty answer: nothing this step
   */
  public record Loss(String name, double weight, Function<Step, Optional<NDArray>> value) {}

  /**
   * More examples in each forward pass of a step, as passes with role {@code name}.
   *
   * @param weight of their task loss; 0: only other terms read them
   * @param draw gives the examples to go with {@link Step#batch()}; none: nothing this time
   */
  public record Extra(String name, double weight, Function<Step, List<Example>> draw) {}

  /**
   * A change of the gradient between backward and clipping.
   *
   * @param after names of transforms that come first, if they are there
   */
  public record Gradient(
      String name, Set<String> after, BiFunction<Step, Tensors, Tensors> transform) {}

  public static final Objective NONE = builder().build();

  public Objective {
    groups = List.copyOf(groups);
    losses = List.copyOf(losses);
    extras = List.copyOf(extras);
    gradients = List.copyOf(gradients);
    captures = List.copyOf(captures);
    beforeStep = List.copyOf(beforeStep);
    afterStep = List.copyOf(afterStep);
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects the objective of a phase. */
  public static final class Builder extends Terms<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /** Before the first step of the phase. */
    public Builder before(Runnable action) {
      return begin(action);
    }

    /** After the last step of the phase. */
    public Builder after(Runnable action) {
      return end(action);
    }

    /** Adds all that another one says. */
    public Builder include(Objective other) {
      return merge(other);
    }

    public Objective build() {
      return objective();
    }
  }

  /**
   * What may be said of a task and of a phase alike; each method may be called any number of times
   * unless it says otherwise.
   *
   * @param <B> the builder itself
   */
  public abstract static class Terms<B extends Terms<B>> {
    private final List<Group> groups = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private final List<Extra> extras = new ArrayList<>();
    private final List<Gradient> gradients = new ArrayList<>();
    private final List<Capture> captures = new ArrayList<>();
    private final List<Consumer<Step>> beforeStep = new ArrayList<>();
    private final List<Consumer<Step>> afterStep = new ArrayList<>();
    private final List<Runnable> before = new ArrayList<>();
    private final List<Runnable> after = new ArrayList<>();
    private Optional<Function<String, Wiring>> wiring = Optional.empty();
    private Optional<Function<Pass, NDArray>> taskLoss = Optional.empty();

    Terms() {}

    abstract B self();

    public B train(List<Param> params) {
      return train(Group.of(params));
    }

    public B train(List<Param> params, double learningRate) {
      return train(Group.of(params).at(learningRate));
    }

    public B train(Group group) {
      groups.add(group);
      return self();
    }

    public B loss(String name, double weight, Function<Step, Optional<NDArray>> value) {
      losses.add(new Loss(name, weight, value));
      return self();
    }

    public B extra(String name, double weight, Function<Step, List<Example>> draw) {
      extras.add(new Extra(name, weight, draw));
      return self();
    }

    public B gradient(String name, BiFunction<Step, Tensors, Tensors> transform, String... after) {
      gradients.add(new Gradient(name, Set.of(after), transform));
      return self();
    }

    public B capture(Capture capture) {
      captures.add(capture);
      return self();
    }

    /** Before the passes of the step are made. */
    public B beforeStep(Consumer<Step> action) {
      beforeStep.add(action);
      return self();
    }

    /** After the optimiser has changed the parameters. */
    public B afterStep(Consumer<Step> action) {
      afterStep.add(action);
      return self();
    }

    /** Called once. */
    public B trainWith(Function<String, Wiring> training) {
      wiring = Optional.of(training);
      return self();
    }

    /** Called once. */
    public B taskLoss(Function<Pass, NDArray> loss) {
      taskLoss = Optional.of(loss);
      return self();
    }

    B begin(Runnable action) {
      before.add(action);
      return self();
    }

    B end(Runnable action) {
      after.add(action);
      return self();
    }

    B merge(Objective other) {
      groups.addAll(other.groups);
      losses.addAll(other.losses);
      extras.addAll(other.extras);
      gradients.addAll(other.gradients);
      captures.addAll(other.captures);
      beforeStep.addAll(other.beforeStep);
      afterStep.addAll(other.afterStep);
      before.addAll(other.before);
      after.addAll(other.after);
      wiring = atMostOne("training wirings", wiring, other.wiring);
      taskLoss = atMostOne("task losses", taskLoss, other.taskLoss);
      return self();
    }

    static <T> Optional<T> atMostOne(String what, Optional<T> one, Optional<T> other) {
      if (one.isPresent() && other.isPresent()) {
        throw twice(what);
      }
      return one.or(() -> other);
    }

    static IllegalArgumentException twice(String what) {
      return new IllegalArgumentException(
          "found two " + what + ", expected at most one; take one of the parts out");
    }

    Objective objective() {
      return new Objective(
          groups,
          losses,
          extras,
          gradients,
          captures,
          beforeStep,
          afterStep,
          before,
          after,
          wiring,
          taskLoss);
    }
  }
}

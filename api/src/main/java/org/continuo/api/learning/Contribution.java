package org.continuo.api.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.continuo.api.data.Example;
import org.continuo.api.plugin.Stability;

/**
 * What a strategy adds to the training of one task: the host merges those of all strategies.
 *
 * <p>A task goes through its preludes, then through its phases. The objective of the task is in
 * force in every phase, that of a phase beside it; where both say which wiring or which task loss
 * is trained with, that of the phase holds. In a prelude its own objective is in force alone.
 *
 * @param objective of the whole task; its {@code before} and {@code after} enclose preludes and
 *     phases
 * @param growths decided when the task begins, in force like the objective
 * @param preludes before the phases, ordered by name; any number of strategies may bring some
 * @param phases none: one phase for all epochs; of at most one strategy
 * @param epochs replaces the run's own number; 0 trains nothing; at most one over all strategies
 * @param examples what the epochs run over, if not the task's own examples; the best weights are
 *     then chosen by the mean dev score of the tasks among them; at most one over all strategies
 * @param selection which weights the task ends with
 */
@Stability(Stability.Level.EVOLVING)
public record Contribution(
    Objective objective,
    List<Growth> growths,
    List<Phase> preludes,
    List<Phase> phases,
    OptionalDouble epochs,
    Optional<Supplier<List<Example>>> examples,
    Selection selection) {

  /** Which weights a task ends with. */
  public enum Selection {
    /** As {@code training.select-best} says. */
    AS_CONFIGURED,
    /** Those of the last step: averages and merged weights must not be mixed with others. */
    LAST
  }

  /**
   * A decision that needs data, or what was learned until then: made once, when its task or phase
   * begins, before anything trains in it.
   *
   * @param parametersAtMost upper bound of the parameters it may add, for the plan
   */
  public record Growth(String name, long parametersAtMost, Supplier<Objective> decide) {}

  /**
   * A part of the task.
   *
   * @param share of the task's epochs, above 0
   * @param growths decided when the phase begins: of what was learned in the one before it
   */
  public record Phase(String name, double share, Objective objective, List<Growth> growths) {
    public Phase {
      growths = List.copyOf(growths);
      if (!(share > 0)) {
        throw new IllegalArgumentException(
            "phase '%s': found a share of %s of the epochs, expected more than 0; leave it out if nothing is to happen"
                .formatted(name, share));
      }
    }
  }

  public static final Contribution NONE = builder().build();

  public Contribution {
    growths = List.copyOf(growths);
    preludes = List.copyOf(preludes);
    phases = List.copyOf(phases);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects the parts; each method may be called any number of times unless it says otherwise. */
  public static final class Builder extends Objective.Terms<Builder> {
    private final List<Growth> growths = new ArrayList<>();
    private final List<Phase> preludes = new ArrayList<>();
    private final List<Phase> phases = new ArrayList<>();
    private OptionalDouble epochs = OptionalDouble.empty();
    private Optional<Supplier<List<Example>>> examples = Optional.empty();
    private Selection selection = Selection.AS_CONFIGURED;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /** Adds all that another one adds. */
    public Builder include(Contribution other) {
      merge(other.objective);
      growths.addAll(other.growths);
      preludes.addAll(other.preludes);
      phases.addAll(other.phases);
      if (epochs.isPresent() && other.epochs.isPresent()) {
        throw twice("numbers of epochs");
      }
      epochs = epochs.isPresent() ? epochs : other.epochs;
      examples = atMostOne("sets of examples", examples, other.examples);
      selection = other.selection == Selection.LAST ? Selection.LAST : selection;
      return this;
    }

    public Builder beforeTask(Runnable action) {
      return begin(action);
    }

    /** After the best checkpoint of the task has been restored. */
    public Builder afterTask(Runnable action) {
      return end(action);
    }

    public Builder growth(String name, long parametersAtMost, Supplier<Objective> decide) {
      growths.add(new Growth(name, parametersAtMost, decide));
      return this;
    }

    public Builder prelude(String name, double share, Objective alone) {
      preludes.add(new Phase(name, share, alone, List.of()));
      return this;
    }

    public Builder phase(String name, double share, Objective adds) {
      phases.add(new Phase(name, share, adds, List.of()));
      return this;
    }

    /** A phase that is made from what was learned before it. */
    public Builder phase(
        String name, double share, long parametersAtMost, Supplier<Objective> decide) {
      phases.add(
          new Phase(
              name, share, Objective.NONE, List.of(new Growth(name, parametersAtMost, decide))));
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

    /** The task ends with the weights of its last step, whatever {@code select-best} says. */
    public Builder keepLast() {
      selection = Selection.LAST;
      return this;
    }

    public Contribution build() {
      return new Contribution(objective(), growths, preludes, phases, epochs, examples, selection);
    }
  }
}

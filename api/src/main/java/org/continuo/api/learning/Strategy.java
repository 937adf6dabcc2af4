package org.continuo.api.learning;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Task;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Stability;

/**
 * Decides over the life of a stream which experts exist and train, which losses, gradients and
 * extra data are used, and how a prediction is made. A strategy that wires nothing adds to one that
 * does.
 */
@Stability(Stability.Level.STABLE)
public interface Strategy {
  /**
   * What the training of a task consists of. Pure: the host calls it to plan too, so state changes
   * only inside the actions it describes.
   *
   * @throws IllegalArgumentException if what was combined does not go together; told when the plan
   *     is made
   */
  Contribution contribute(Task task);

  /**
   * What is attached for rows of this task, seen or not yet; {@code task} is empty where the task
   * id is withheld. An empty answer: this strategy has no say.
   */
  default Optional<Wiring> wiring(Optional<String> task) {
    return Optional.empty();
  }

  /** One task name per row where the task id is withheld; an empty answer: no say. */
  default Optional<List<String>> identify(Batch batch) {
    return Optional.empty();
  }

  /**
   * Scores [B,C] where one pass with the wiring is not how this strategy answers; needs a {@link
   * Head.Choosing}. An empty answer: no say.
   */
  default Optional<NDArray> predict(Batch batch, Optional<String> task) {
    return Optional.empty();
  }

  /**
   * Made once per run, and once more when the run is resumed after some task: the host then gives
   * back all it was given, and nothing else is left of the one before.
   */
  @FunctionalInterface
  interface Factory {
    Strategy create(Host host);
  }

  /**
   * Makes a strategy that attaches nothing: it adds to whatever another one attaches and trains.
   * Alone, it adds to the base it was published with.
   */
  interface AddOn extends Factory {
    /** Unique in a combination: what it names stands under it. */
    String name();

    /** What attaches and trains where no other strategy does. */
    Strategy base(Host host);

    Strategy addition(Host host);

    @Override
    default Strategy create(Host host) {
      return Combination.of(List.of(this), host);
    }
  }
}

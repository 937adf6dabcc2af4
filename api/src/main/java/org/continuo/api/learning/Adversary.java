package org.continuo.api.learning;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.continuo.api.data.Task;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Site;
import org.continuo.api.plugin.Stability;

/**
 * What pushes an expert away from knowing the task: it reads captures, owns parameters and brings
 * losses with their sign inside, so that one backward pass serves both sides of the game.
 */
@Stability(Stability.Level.EVOLVING)
public interface Adversary {
  /**
   * Its part in the training of one task: captures, own parameters, losses, rows of its own. Pure,
   * as {@link Strategy#contribute}. {@link Contribution#NONE}: nothing pushes.
   */
  Contribution contribute(Task task);

  /** What a pass must capture for {@link #classify}. */
  List<Capture> captures();

  /**
   * Which task it takes each row for.
   *
   * @param pass made with {@link #captures()}
   * @return log-probabilities [B,T] over the tasks seen, in their order; empty if it does not tell
   *     tasks apart
   */
  Optional<NDArray> classify(Pass pass);

  /** Called for each task, so what it makes is cheap and keeps its state in the host. */
  interface Factory {
    /**
     * @param target the expert to push
     * @param blocks the feed-forward blocks whose output by {@code target} is read
     */
    Adversary create(Expert target, List<Site> blocks, Host host);
  }
}

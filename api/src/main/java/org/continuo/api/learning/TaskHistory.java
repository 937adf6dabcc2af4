package org.continuo.api.learning;

import java.util.List;
import java.util.Map;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.plugin.Stability;

/** The tasks of a run as far as a plugin may see them, and their examples. */
@Stability(Stability.Level.STABLE)
public interface TaskHistory {
  /**
   * The tasks the stream holds at the moment, met or not. For methods that must know their number
   * beforehand; a stream may grow, so others go by {@link #seen()}.
   */
  List<Task> announced();

  /** The tasks met so far, the one at hand last. */
  List<Task> seen();

  /**
   * @throws IllegalArgumentException if the stream has no such task; the message lists its tasks
   */
  Task task(String name);

  /** Training examples of the task at hand; never dev or test examples. */
  List<Example> trainingData();

  /**
   * Training examples of every task of the stream, in its order: for upper bounds that learn all
   * tasks at once.
   *
   * @throws IllegalStateException unless {@code protocol.future-data} allows it
   */
  Map<Task, List<Example>> wholeStream();

  /**
   * Dev examples of a task met, for diagnostics: what is seen in them may be recorded, but must not
   * change what is learned.
   *
   * @param limit most examples
   */
  List<Example> probe(Task task, int limit);
}

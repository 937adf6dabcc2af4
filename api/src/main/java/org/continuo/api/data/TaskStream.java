package org.continuo.api.data;

import java.nio.file.Path;
import java.util.List;
import org.continuo.api.plugin.Stability;

/** An ordered list of tasks with their examples. */
@Stability(Stability.Level.STABLE)
public interface TaskStream {
  /** In the order they are met; {@code Task.index} counts from 0. */
  List<Task> tasks();

  /** The examples of one split, always in the same order; splits are disjoint. */
  List<Example> examples(Task task, Split split);

  /**
   * What of its data does not keep a run from being made but bears on what its numbers mean, a
   * sentence each with the task and the way out; told before training and kept with the results.
   */
  default List<String> warnings() {
    return List.of();
  }

  /** Made once per run. */
  interface Factory {
    /**
     * @param seed for whatever is drawn or generated; files keep their order
     * @throws DataException if a file is missing or not in the expected form
     */
    TaskStream open(long seed);

    /** The files it reads, for provenance; none if it generates its examples. */
    default List<Path> reads() {
      return List.of();
    }
  }
}
